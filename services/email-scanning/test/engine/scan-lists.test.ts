import t from 'tap';
import type { Authentication, ListEntry } from '../../src/engine/index.ts';
import { judge, mail, otherIban, withAttachment } from './knowledge.ts';

const entry = (effect: ListEntry['effect'], kind: ListEntry['kind'], value: string): ListEntry => ({
  ...{ id: 'l1', effect, kind, value },
});
const suspect = mail({
  from: 'Shop <news@shop.example>',
  html: '<form action="http://192.0.2.7/x"><input type="password"></form>',
});
const failing: Authentication = {
  ...{ from: 'checked', spf: 'fail', dkim: 'none', dmarc: 'fail', arc: 'none' },
  ...{ dkimDomain: null, aligned: false, policy: 'reject' },
};

t.test('the allow list clears a sender, unless he is forged', async (t) => {
  t.not((await judge(suspect)).verdict, 'clean');
  for (const allowed of [
    entry('allow', 'domain', 'shop.example'),
    entry('allow', 'address', 'News@shop.example'),
  ]) {
    t.match(await judge(suspect, { lists: [allowed] }), { verdict: 'clean', score: 0 });
    t.not((await judge(suspect, { lists: [allowed], authentication: failing })).verdict, 'clean');
    const passing: Authentication = { ...failing, dmarc: 'pass', dkim: 'fail', aligned: true };
    const confirmed = await judge(suspect, { lists: [allowed], authentication: passing });
    t.equal(confirmed.verdict, 'clean', 'one broken signature of several does not matter');
  }
  t.not((await judge(suspect, { lists: [entry('allow', 'domain', 'hop.example')] })).verdict, 'clean');
  t.not(
    (await judge(suspect, { lists: [entry('allow', 'url-host', '192.0.2.7')] })).verdict,
    'clean',
    'a link that is allowed does not clear the rest',
  );
});

t.test('it never clears fraud or malware', async (t) => {
  const lists = [entry('allow', 'domain', 'nordwind-metall.example'), entry('allow', 'domain', 'b.example')];
  const fraud = await judge(mail({ body: `Pay to ${otherIban}` }), { lists });
  t.match(fraud, { verdict: 'malicious', fraud: { supplierId: 's1' } });
  const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'}!$H+H*`;
  t.match(await judge(withAttachment('eicar.com', eicar), { lists }), { verdict: 'malicious' });
});

t.test('the block list condemns', async (t) => {
  const harmless = mail({ from: 'a@b.example', body: 'See https://www.shop.example/x' });
  t.equal((await judge(harmless)).verdict, 'clean');
  for (const blocked of [
    entry('block', 'address', 'a@b.example'),
    entry('block', 'domain', 'b.example'),
    entry('block', 'url-host', 'shop.example'),
  ])
    t.match(await judge(harmless, { lists: [blocked] }), {
      verdict: 'malicious',
      techniques: ['on-block-list'],
    });
  const both = [entry('allow', 'domain', 'b.example'), entry('block', 'url-host', 'shop.example')];
  t.match(await judge(harmless, { lists: both }), { verdict: 'malicious' }, 'and is stronger than the other');
});

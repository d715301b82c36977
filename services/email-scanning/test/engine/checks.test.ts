import t from 'tap';
import { judge, mail, order, otherIban, verifiedIban, withAttachment } from './knowledge.ts';

const number = 'PO-2026-000042';
const orders = [order(number)];

t.test('mail and money', async (t) => {
  t.test('a genuine invoice is clean', async (t) => {
    const result = await judge(
      mail({ subject: `Invoice for ${number}`, body: `Pay to ${verifiedIban}, please.` }),
      { orders },
    );
    t.match(result, {
      verdict: 'clean',
      score: 0,
      fraud: null,
      related: { supplierId: 's1', purchaseOrderIds: [`o-${number}`] },
    });
  });
  t.test('another account is fraud, from wherever it comes', async (t) => {
    const result = await judge(mail({ subject: number, body: 'IBAN: GB29 NWBK 6016 1331 9268 19' }), {
      orders,
    });
    t.match(result, { verdict: 'malicious', fraud: { supplierId: 's1', purchaseOrderIds: [`o-${number}`] } });
    const found = result.findings.find((finding) => finding.technique === 'changed-bank-account');
    t.match(found, { severity: 'critical', evidence: { iban: 'GB29 NWBK 6016 1331 9268 19' } });
    t.match(found?.explanation, /Nordwind Metall GmbH/);
  });
  t.test('an account of a supplier that has none yet is worth a look, and no more', async (t) => {
    const result = await judge(mail({ from: 'x@hafen-logistik.example', body: `Pay to ${otherIban}` }));
    t.match(result, { verdict: 'clean', techniques: ['unverified-bank-account'] });
  });
  t.test('a number that only looks like an account is none', async (t) => {
    const result = await judge(mail({ body: 'Part DE89370400440532013001, drawing GB29NWBK60161331926818' }));
    t.strictSame(result.techniques, []);
  });
  t.test('the announcement of a new account is recognised in several languages', async (t) => {
    for (const sentence of [
      'Please note that our bank details have changed.',
      'Kindly use our new bank account for all payments.',
      'Unsere Bankverbindung hat sich geändert.',
      'Bitte nutzen Sie unsere neue Bankverbindung.',
      'Nos coordonnées bancaires ont changé.',
      'Onze bankgegevens zijn gewijzigd.',
    ]) {
      t.ok((await judge(mail({ body: sentence }))).techniques.includes('bank-change-request'), sentence);
    }
    for (const harmless of [
      'Our bank was closed on Monday.',
      'The delivery details have changed.',
      'Our new account manager is Ada.',
    ]) {
      t.notOk((await judge(mail({ body: harmless }))).techniques.includes('bank-change-request'), harmless);
    }
  });
  t.test('orders', async (t) => {
    const named = async (known: typeof orders) =>
      (await judge(mail({ subject: `Your order ${number}` }), { orders: known })).techniques;
    t.strictSame(await named(orders), ['known-order']);
    t.strictSame(await named([]), ['unknown-order']);
    t.strictSame(await named([order(number, 's2')]), ['order-of-another-supplier']);
    t.strictSame(await named([order(number, 's1', 'closed')]), ['order-not-open']);
  });
});

t.test('who it is from', async (t) => {
  const lookalikes = {
    'rn for m': 'nordwind-rnetall.example',
    'another ending': 'nordwind-metall.test',
    'a letter less': 'nordwind-metal.example',
    'two letters swapped': 'nordwind-meatll.example',
    'a hyphen less': 'nordwindmetall.example',
    'a word more': 'nordwind-metall-billing.example',
    'a letter of another script': 'xn--nordwind-mtall-lbi.example',
    'in front of another domain': 'nordwind-metall.example.evil.test',
  };
  for (const [what, domain] of Object.entries(lookalikes)) {
    const { techniques, related } = await judge(mail({ from: `Billing <billing@${domain}>` }));
    t.ok(techniques.includes('lookalike-domain'), `${what}: ${domain}`);
    t.equal(related.supplierId, 's1', 'it is about the one that it imitates');
  }
  for (const domain of [
    'nordwind-metall.example',
    'mail.nordwind-metall.example',
    'sturmwind-holz.example',
    'metall.example',
    'demo.example',
    'gmail.com',
  ]) {
    t.notOk(
      (await judge(mail({ from: `Billing <billing@${domain}>` }))).techniques.includes('lookalike-domain'),
      domain,
    );
  }
  const foreign = await judge(mail({ from: '"Nordwind Metall" <ceo@gmail.com>' }));
  t.strictSame(foreign.techniques, ['supplier-name-from-foreign-domain']);
  t.strictSame((await judge(mail({ from: '"Metall und mehr" <x@metall.example>' }))).techniques, []);
  t.match(
    await judge(mail({ from: 'Billing <billing@nordwind-rnetall.example>', body: `Pay to ${otherIban}` })),
    { verdict: 'malicious' },
  );
  const reply = await judge(mail({ headers: ['Reply-To: nordwind@gmail.com'] }));
  const mismatch = reply.findings.find(({ technique }) => technique === 'reply-to-mismatch');
  t.match(mismatch, { severity: 'medium', evidence: { replyTo: 'gmail[.]com' } });
  const posing = await judge(mail({ from: '"ceo@demo.example" <x@gmail.com>' }));
  t.match(
    posing.findings.find(({ explanation }) => explanation.includes('demo[.]example')),
    { severity: /medium|high|critical/ },
  );
  t.ok((await judge(mail({ headers: ['From: other@evil.example'] }))).techniques.includes('several-senders'));
});

t.test('what it brings', async (t) => {
  const found = (name: string, content: Buffer | string = 'x', type?: string) =>
    judge(withAttachment(name, content, type));
  t.match(await found('notes.txt', 'Nothing special', 'text/plain'), { verdict: 'clean', techniques: [] });
  t.match(await found('invoice.exe'), { verdict: 'malicious', techniques: ['executable-attachment'] });
  const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'}!$H+H*`;
  t.match(await found('eicar.com', eicar), { verdict: 'malicious', techniques: ['eicar'] });
});

t.test('what it wants', async (t) => {
  const form = await judge(mail({ from: 'a@b.example', html: '<form><input type="password"></form>' }));
  t.ok(form.techniques.includes('password-form'));
  t.not(form.verdict, 'clean');
  const threat =
    'Your account will be suspended within 24 hours. Verify your account at https://evil.example/login';
  t.not((await judge(mail({ from: 'a@b.example', body: threat }))).verdict, 'clean');
  const harmless = 'Your account statement for October is ready. See https://b.example/account';
  t.equal((await judge(mail({ from: 'a@b.example', body: harmless }))).verdict, 'clean');
});

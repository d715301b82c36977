import t from 'tap';
import { knowledgeChecks } from '../../../src/engine/checks/knowledge/index.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { contextOf } from '../../../src/engine/scan.ts';
import type { Authentication, IndicatorHit, MessageKnowledge } from '../../../src/engine/types.ts';
import { mail, tenant } from '../knowledge.ts';

async function found(known: Partial<MessageKnowledge>, from = 'a@shop.example', headers: string[] = []) {
  const context = contextOf(await parseMessage(mail({ from, headers })), {
    tenant,
    message: { ...noKnowledge.message, ...known },
  });
  const findings = knowledgeChecks.flatMap((check) => check.run(context));
  t.notMatch(JSON.stringify(findings), /https?:\/\//);
  return Object.fromEntries(findings.map(({ technique, score }) => [technique, score]));
}

const passed: Authentication = {
  from: 'checked',
  spf: 'pass',
  dkim: 'pass',
  dmarc: 'pass',
  arc: 'none',
  dkimDomain: 'shop.example',
  aligned: true,
  policy: 'reject',
};
const failed: Authentication = {
  ...passed,
  spf: 'fail',
  dkim: 'none',
  dmarc: 'fail',
  dkimDomain: null,
  aligned: false,
};

t.test('threat feeds', async (t) => {
  const hit = async (kind: IndicatorHit['kind'], value: string) =>
    (await found({ indicators: [{ feed: 'urlhaus', kind, value }] }))['known-threat'];
  t.equal(await hit('url', 'https://evil.example/x'), 90);
  t.equal(await hit('sha256', 'ab'.repeat(32)), 90);
  t.equal(await hit('domain', 'evil.example'), 75);
  t.equal(await hit('host', 'x.evil.example'), 70);
  t.equal(await hit('ip', '192.0.2.7'), 60);
  t.strictSame(await found({ indicators: [] }), {});
});

t.test('a confirmed sender, and one that nobody could check', async (t) => {
  t.strictSame(await found({ authentication: passed }), { 'sender-confirmed': 0 });
  t.strictSame(await found({ authentication: null }), {});
  t.strictSame(await found({ authentication: { ...failed, from: 'none' } }), {});
  t.strictSame(
    await found({ authentication: { ...failed, spf: 'none', dmarc: 'none' } }),
    {},
    'none is no failure',
  );
  t.strictSame(await found({ authentication: { ...failed, spf: 'temperror', dmarc: 'temperror' } }), {});
});

t.test('a sender that is not confirmed', async (t) => {
  const dmarc = async (policy: Authentication['policy'], from?: string, headers?: string[]) =>
    (await found({ authentication: { ...failed, policy } }, from, headers))['dmarc-fail'] ?? 0;
  t.ok((await dmarc('reject')) >= 50);
  t.ok((await dmarc('reject')) > (await dmarc('quarantine')));
  t.ok((await dmarc('none')) < 20);
  t.ok((await dmarc('none', 'billing@nordwind-metall.example')) >= 40, 'a supplier');
  t.ok((await dmarc('none', 'service@paypal.com')) >= 40, 'a well-known company');
  t.ok(
    (await dmarc('reject', undefined, ['List-Id: <dev.lists.example>'])) < 20,
    'lists change what was signed',
  );
  t.match(await found({ authentication: { ...failed, dmarc: 'none' } }), { 'spf-fail': 25 });
  t.match(await found({ authentication: { ...failed, dmarc: 'none', spf: 'softfail' } }), {
    'spf-softfail': 8,
  });
  t.match(await found({ authentication: { ...failed, dmarc: 'none', spf: 'none', dkim: 'fail' } }), {
    'dkim-fail': 12,
  });
});

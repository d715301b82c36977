import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { defaultPolicy } from '../../src/engine/index.ts';
import { dispositionOf } from '../../src/messages/rules.ts';
import { start } from '../service.ts';

const path = '/v1/mail/policy';

t.test('the policy', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');

  t.test('is the default until it is set, and what is left out stays', async (t) => {
    t.strictSame((await manager.get(path)).body, { ...defaultPolicy, version: 1, updatedAt: null });
    const first = await manager.put(path, { suspiciousFrom: 30, trustedAuthservIds: ['mx.demo.example'] });
    t.match(first, { status: 200, headers: { etag: '"2"' } });
    await manager.put(path, { quarantineFrom: 'suspicious', disabledTechniques: ['reply-to-mismatch'] });
    t.match((await service.as('viewer').get(path)).body, {
      ...{ suspiciousFrom: 30, maliciousFrom: 75, quarantineFrom: 'suspicious', version: 3 },
      ...{ trustedAuthservIds: ['mx.demo.example'], disabledTechniques: ['reply-to-mismatch'] },
    });
    const [entry] = await service.outbox('audit.entry-recorded.v1');
    t.match(entry?.payload, {
      action: 'email-scanning.policy.update',
      changes: { suspiciousFrom: { before: 40, after: 30 } },
    });
    t.notOk(entry?.payload.changes.maliciousFrom, 'what stayed is no change');
  });

  t.test('makes sense as a whole', async (t) => {
    for (const [body, pointer] of [
      [{ suspiciousFrom: 75 }, '/suspiciousFrom'],
      [{ suspiciousFrom: 50, maliciousFrom: 50 }, '/suspiciousFrom'],
      [{ maliciousFrom: 25 }, '/suspiciousFrom'],
      [{ suspiciousFrom: 9 }, '/suspiciousFrom'],
      [{ disabledTechniques: ['reply-to-mismatch', 'no-such-technique'] }, '/disabledTechniques/1'],
      [{ disabledTechniques: ['lookalike-domain'] }, '/disabledTechniques/0'],
      [{ disabledTechniques: ['changed-bank-account'] }, '/disabledTechniques/0'],
      [{ disabledTechniques: ['bank-change-request'] }, '/disabledTechniques/0'],
      [{ trustedAuthservIds: ['mx demo'] }, '/trustedAuthservIds/0'],
      [{ quarantineFrom: 'clean' }, '/quarantineFrom'],
      [{}, ''],
    ] as const) {
      const answer = await manager.put(path, body);
      t.equal(answer.status, 400, JSON.stringify(body));
      t.equal(answer.body.error.details.errors[0].path, pointer);
    }
    t.equal((await manager.get(path)).body.version, 3, 'nothing was changed');
  });

  t.test('is set by those who approve, one after the other, for the tenant alone', async (t) => {
    t.equal((await service.as('operator').put(path, { suspiciousFrom: 20 })).status, 403);
    const tenantId = newId();
    const [one, two] = [service.as('manager', { tenantId }), service.as('manager', { tenantId })];
    t.equal((await one.get(path)).body.suspiciousFrom, 40);
    const change = (caller: typeof one) => caller.put(path, { suspiciousFrom: 20 }, { 'if-match': '"1"' });
    const answers = await Promise.all([change(one), change(two)]);
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 412]);
  });

  await isolationTest(t, service, ['policies']);
});

t.test('what is kept back is for the policy to say', async (t) => {
  const kept = (verdict: 'clean' | 'suspicious' | 'malicious', quarantineFrom: 'suspicious' | 'malicious') =>
    dispositionOf(verdict, { quarantineFrom }) === 'quarantined';
  t.ok(kept('malicious', 'malicious') && kept('malicious', 'suspicious') && kept('suspicious', 'suspicious'));
  t.notOk(kept('suspicious', 'malicious') || kept('clean', 'suspicious') || kept('clean', 'malicious'));
  t.equal(dispositionOf('suspicious'), 'delivered');
});

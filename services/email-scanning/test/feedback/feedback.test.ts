import { inTenant, newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { featuresOf, shiftOf } from '../../src/engine/classifier/index.ts';
import { createEngine, parseMessage, read } from '../../src/engine/index.ts';
import { readAdaptation } from '../../src/feedback/adaptation-queries.ts';
import { teach, teachAll } from '../../src/feedback/learn.ts';
import { letter, rfc822, sendAndScan, settings, start, storageOf } from '../service.ts';

const offer = (no: number) =>
  letter({
    from: `Offers <news${no}@offers.example>`,
    subject: `Weekly offer number ${no} for our dear customers`,
    body: `Cheap printer cartridges and toner this week, number ${no}: order your cartridges and toner now.\r\n`,
  });

async function featuresOfRaw(raw: string) {
  const message = await parseMessage(Buffer.from(raw));
  return featuresOf(message, read(message));
}

t.test('feedback', async (t) => {
  const service = await start(t);
  const engine = createEngine();
  t.teardown(() => engine.close());
  const scanner = { engine, raws: storageOf(settings()).raws };
  const operator = service.as('operator');
  const pathOf = (id: string) => `/v1/mail/messages/${id}/feedback`;
  const say = (id: string, verdict: string, caller = operator) => caller.post(pathOf(id), { verdict });
  const adaptation = () => inTenant(service.service.db, service.tenantId, (trx) => readAdaptation(trx));
  const shift = async (raw: string) => shiftOf(await adaptation(), await featuresOfRaw(raw));
  const auditOf = async (id: string) =>
    (await service.outbox('audit.entry-recorded.v1'))
      .filter(({ aggregateId }) => aggregateId === id)
      .map(({ payload }) => payload);

  t.test('is one for each person and message; the latest counts', async (t) => {
    const { id, disposition } = await sendAndScan(service, offer(1));
    const first = await operator.post(pathOf(id), { verdict: 'malicious', reason: 'We never asked for it' });
    t.match(first, {
      status: 201,
      headers: { etag: '"1"' },
      body: {
        messageId: id,
        verdict: 'malicious',
        reason: 'We never asked for it',
        personId: operator.personId,
      },
    });
    const again = await operator.post(pathOf(id), { verdict: 'malicious', reason: 'We never asked for it' });
    t.equal(again.body.version, 1, 'the same again changes nothing');
    const other = await say(id, 'clean');
    t.match(other.body, { id: first.body.id, version: 2, verdict: 'clean', reason: null });
    const colleague = service.as('manager');
    await say(id, 'malicious', colleague);
    t.match((await operator.get(pathOf(id))).body.data, [
      { personId: colleague.personId, verdict: 'malicious' },
      { personId: operator.personId, verdict: 'clean' },
    ]);
    t.strictSame((await operator.get(`${pathOf(id)}/${first.body.id}`)).body, other.body);
    t.match(await auditOf(first.body.id), [
      { action: 'email-scanning.feedback.create' },
      {
        action: 'email-scanning.feedback.update',
        changes: { verdict: { before: 'malicious', after: 'clean' } },
      },
    ]);
    t.equal(
      (await operator.get(`/v1/mail/messages/${id}`)).body.disposition,
      disposition,
      'it stays where it is',
    );
  });

  t.test('of two at once both count, and of one person one', async (t) => {
    const { id } = await sendAndScan(service, offer(2));
    const answers = await Promise.all([
      ...['clean', 'malicious', 'clean'].map((verdict) => say(id, verdict)),
      say(id, 'clean', service.as('operator')),
    ]);
    t.ok(answers.every(({ status }) => status === 201));
    t.equal((await operator.get(pathOf(id))).body.data.length, 2);
  });

  t.test('does not release what is kept back', async (t) => {
    const { id } = await sendAndScan(service, offer(3));
    await service.as('manager').post(`/v1/mail/messages/${id}/quarantine`);
    await say(id, 'clean');
    t.equal((await operator.get(`/v1/mail/messages/${id}`)).body.disposition, 'quarantined');
  });

  t.test('is taken back by who gave it', async (t) => {
    const { id } = await sendAndScan(service, offer(4));
    const own = (await say(id, 'clean')).body;
    const path = `${pathOf(id)}/${own.id}`;
    t.equal((await service.as('operator').delete(path)).status, 403);
    t.equal((await operator.delete(path, { 'if-match': '"9"' })).status, 412);
    t.equal((await operator.delete(path)).status, 204);
    t.equal((await operator.delete(path)).status, 404);
    t.equal((await operator.get(path)).status, 404);
  });

  t.test('is for people of the tenant', async (t) => {
    const { id } = await sendAndScan(service, offer(5));
    t.equal((await say(id, 'clean', service.as('viewer'))).status, 403);
    const stranger = service.as('owner', { tenantId: newId() });
    t.equal((await say(id, 'clean', stranger)).status, 404);
    t.equal((await stranger.get(pathOf(id))).status, 404);
    t.equal((await operator.post(pathOf(id), { verdict: 'spam' })).status, 400);
    const key = service.as('operator', { type: 'api_key' });
    t.equal((await say(id, 'clean', key)).body.personId, key.personId, 'a key speaks for who made it');
  });

  t.test('teaches the classifier of the tenant, and changed minds are forgotten', async (t) => {
    await service.query('delete from feedback');
    t.equal(await adaptation(), null);
    const ids: string[] = [];
    for (const no of [11, 12, 13, 14]) ids.push((await sendAndScan(service, offer(no))).id);
    for (const id of ids) await say(id, 'malicious');
    await teachAll(service.service, scanner);
    const disliked = await shift(offer(20));
    t.ok(disliked > 0.5, `mail like it is liked less: ${disliked}`);
    const [versionBefore] = await service.query<{ version: string }>(
      'select version from knowledge_versions',
    );
    for (const id of ids) await say(id, 'clean');
    await teachAll(service.service, scanner);
    t.ok((await shift(offer(20))) < -0.5, 'it is liked now');
    const [versionAfter] = await service.query<{ version: string }>('select version from knowledge_versions');
    t.ok(Number(versionAfter?.version) > Number(versionBefore?.version), 'scanners hear of it');
    for (const id of ids) await say(id, 'suspicious');
    await teachAll(service.service, scanner);
    t.equal(await adaptation(), null, 'nobody says anything clear any more');
    const [row] = await service.query<{ stale: boolean }>(
      'select revision > learned_revision as stale from adaptations',
    );
    t.equal(row?.stale, false);
  });

  t.test('that comes while it is being learnt from is not lost', async (t) => {
    const ids: string[] = [];
    for (const no of [31, 32, 33, 34]) ids.push((await sendAndScan(service, offer(no))).id);
    const learning = teach(service.service, scanner, service.tenantId);
    await Promise.all(ids.map((id) => say(id, 'malicious')));
    await learning;
    await Promise.all([teachAll(service.service, scanner), teachAll(service.service, scanner)]);
    t.ok((await shift(offer(20))) > 0.5);
  });

  t.test('on mail that is damaged teaches nothing, and stops nothing', async (t) => {
    const { id } = await sendAndScan(service, offer(41));
    await service.query("update raw_messages set body = 'broken' where message_id = $1", [id]);
    await say(id, 'malicious');
    await teachAll(service.service, scanner);
    const [row] = await service.query<{ words: number[] }>(
      'select words from feedback where message_id = $1',
      [id],
    );
    t.strictSame(row?.words, []);
  });

  t.test('on mail that nobody can read teaches nothing, and stops nothing', async (t) => {
    const { id } = (await operator.post('/v1/mail/messages', Buffer.alloc(200, 255), rfc822)).body;
    await say(id, 'malicious');
    await teachAll(service.service, scanner);
    const [row] = await service.query<{ stale: boolean }>(
      'select revision > learned_revision as stale from adaptations',
    );
    t.equal(row?.stale, false);
  });

  await isolationTest(t, service, ['feedback', 'adaptations']);
});

import { fraudDetected, rescanRequested } from '@stockade/contracts';
import { inTenant, newId } from '@stockade/database';
import { isolationTest, type TestService } from '@stockade/testing';
import t from 'tap';
import { insertReferences, rollReferences } from '../../src/rescan/reference-queries.ts';
import { findMessages, requestScans } from '../../src/rescan/tasks.ts';
import { addFeed, path, refreshAll, upload } from '../feeds/refreshing.ts';
import { knowSupplier, letter, otherIban, rfc822, sendAndScan, start } from '../service.ts';

/** A mail that was scanned so many days ago. */
async function scannedMail(service: TestService, body: string, daysAgo = 0) {
  const message = await sendAndScan(service, letter({ from: 'Somebody <somebody@unknown.example>', body }));
  if (daysAgo > 0)
    await service.query(
      `update message_references set day = current_date - ${daysAgo} where message_id = '${message.id}'`,
    );
  return message;
}

t.test('new indicators', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');
  const feed = await addFeed(manager, { name: 'Domains' });
  const bring = async (...domains: string[]) => {
    await upload(manager, feed, domains.map((domain) => `${domain}\n`).join(''));
    await refreshAll(service);
    await findMessages(service.service, { settle: 0 });
  };
  const pending = async () =>
    (await service.query<{ id: string }>('select message_id as id from pending_rescans order by 1')).map(
      ({ id }) => id,
    );
  const requested = async () =>
    (await service.outbox(rescanRequested.type)).map(({ payload }) => payload.messageId);

  t.test('put the mail that refers to them to another scan, once', async (t) => {
    const one = await scannedMail(service, 'See https://a.evil-1.example/x?id=1');
    const two = await scannedMail(service, 'See https://evil-2.example/ and https://evil-1.example/');
    const other = await scannedMail(service, 'See https://good.example/');
    await bring('evil-1.example', 'never-seen.example');
    t.strictSame(await pending(), [one.id, two.id].sort());
    await Promise.all([requestScans(service.service), requestScans(service.service)]);
    t.strictSame((await requested()).sort(), [one.id, two.id].sort());
    t.strictSame(await pending(), []);
    await bring('evil-1.example', 'evil-2.example', 'never-seen.example');
    t.strictSame(await pending(), [two.id], 'only what is new counts');
    await findMessages(service.service, { settle: 0 });
    await requestScans(service.service);
    t.notOk((await requested()).includes(other.id));
  });

  t.test('wait until scans under way are stored', async (t) => {
    const { id } = await scannedMail(service, 'See https://evil-3.example/');
    await upload(manager, feed, 'evil-1.example\nevil-3.example\n');
    await refreshAll(service);
    await findMessages(service.service);
    t.strictSame(await pending(), []);
    await findMessages(service.service, { settle: 0 });
    t.strictSame(await pending(), [id]);
    await requestScans(service.service);
  });

  t.test('reach back thirty days', async (t) => {
    const recent = await scannedMail(service, 'https://evil-4.example/', 29);
    const old = await scannedMail(service, 'https://evil-4.example/', 32);
    await bring('evil-1.example', 'evil-4.example');
    t.strictSame(await pending(), [recent.id]);
    await rollReferences(service.service.systemDb);
    const left = await service.query<{ id: string }>(
      'select distinct message_id as id from message_references',
    );
    t.ok(left.some(({ id }) => id === recent.id));
    t.notOk(
      left.some(({ id }) => id === old.id),
      'what is older is forgotten',
    );
  });

  t.test('of an inactive feed concern nobody', async (t) => {
    const { id } = await scannedMail(service, 'https://evil-5.example/');
    await manager.patch(`${path}/${feed}`, { active: false });
    await bring('evil-1.example', 'evil-5.example');
    t.notOk((await pending()).includes(id));
    await manager.patch(`${path}/${feed}`, { active: true });
    await findMessages(service.service, { settle: 0 });
    t.ok((await pending()).includes(id), 'its turn comes when it is active again');
  });

  t.test('are asked for in batches that leave room for new mail', async (t) => {
    await service.query('delete from pending_rescans');
    await service.query(
      `insert into messages (tenant_id, id, status, sha256, size_bytes, received_at, verdict, score, disposition, scanned_at)
       select $1, gen_random_uuid(), 'scanned', 'batch ' || n, 1, now(), case n when 1 then 'malicious' else 'clean' end, 1, 'delivered', now()
       from generate_series(1, 150) n`,
      [service.tenantId],
    );
    await service.query(
      "insert into pending_rescans (tenant_id, message_id) select tenant_id, id from messages where sha256 like 'batch %'",
    );
    const before = (await requested()).length;
    await requestScans(service.service);
    t.equal((await pending()).length, 50);
    await requestScans(service.service);
    t.strictSame(await pending(), []);
    t.equal((await requested()).length - before, 149, 'what is malicious already cannot become worse');
  });

  t.test('references are noted once, however often', async (t) => {
    const count = async () => (await service.query('select 1 from message_references')).length;
    const before = await count();
    const note = () =>
      inTenant(service.service.db, service.tenantId, (trx) =>
        insertReferences(trx, { tenantId: service.tenantId, now: new Date() }, [
          {
            messageId: '01900000-0000-7000-8000-000000000009',
            references: {
              ...{
                orderNumbers: [],
                senderDomain: 'x.example',
                senderAddress: null,
                ibans: [],
                usAccounts: [],
              },
              ...{ urls: [], hosts: [], hashes: ['ab'.repeat(32)], threadIds: [] },
            },
          },
        ]),
      );
    await note();
    await note();
    t.equal((await count()) - before, 2);
  });

  t.test('of messages that are gone ask for nothing', async (t) => {
    const gone = newId();
    const before = await requested();
    await service.query('insert into pending_rescans (tenant_id, message_id) values ($1, $2)', [
      service.tenantId,
      gone,
    ]);
    await requestScans(service.service);
    t.strictSame(await requested(), before);
    t.strictSame(await pending(), []);
  });

  t.test('wait their turn', async (t) => {
    const { id } = await scannedMail(service, 'https://evil-6.example/');
    await bring('evil-1.example', 'evil-6.example');
    t.strictSame(await pending(), [id]);
  });

  await isolationTest(t, service, ['message_references', 'pending_rescans']);
});

t.test('another scan', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');
  const read = async (id: string) => (await manager.get(`/v1/mail/messages/${id}`)).body;
  const rescan = (messageId: string) => service.consume(rescanRequested, { messageId, reason: 'person' });
  const auditsOf = async (id: string) =>
    (await service.outbox('audit.entry-recorded.v1'))
      .filter(({ aggregateId, payload }) => aggregateId === id && payload.action.endsWith('message.rescan'))
      .map(({ payload }) => payload);
  const invoice = (number: string) =>
    letter({ body: `Our bank account has changed. Please pay ${number} to ${otherIban} from now on.` });

  t.test('finds what became known since: it is quarantined, and payments are held', async (t) => {
    const number = 'PO-2026-000077';
    const before = await sendAndScan(service, invoice(number));
    t.not(before.verdict, 'malicious', 'nobody knew the supplier');
    const { supplierId, purchaseOrderId } = await knowSupplier(service, number);
    t.equal((await rescan(before.id)).outcome, 'handled');
    const after = await read(before.id);
    t.match(after, {
      verdict: 'malicious',
      disposition: 'quarantined',
      status: 'scanned',
      version: before.version + 1,
    });
    t.match(await auditsOf(before.id), [
      {
        actor: { type: 'system' },
        changes: {
          verdict: { before: before.verdict, after: 'malicious' },
          disposition: { before: 'delivered', after: 'quarantined' },
        },
      },
    ]);
    const frauds = (await service.outbox(fraudDetected.type)).filter(
      ({ aggregateId }) => aggregateId === before.id,
    );
    t.match(frauds, [{ payload: { supplierId, purchaseOrderIds: [purchaseOrderId] } }]);
    await rescan(before.id);
    t.equal((await read(before.id)).version, after.version, 'the same again changes nothing');
    t.equal(
      (await service.outbox(fraudDetected.type)).filter(({ aggregateId }) => aggregateId === before.id)
        .length,
      1,
    );
  });

  t.test('makes nothing better, and releases nothing', async (t) => {
    const { id } = await sendAndScan(service, letter({ body: 'Harmless' }));
    await service.query(
      "update messages set verdict = 'malicious', score = 90, disposition = 'quarantined' where id = $1",
      [id],
    );
    await rescan(id);
    t.match(await read(id), { verdict: 'malicious', score: 90, disposition: 'quarantined' });
    t.strictSame(await auditsOf(id), []);
  });

  t.test('leaves what a person released where it is, but tells what it is', async (t) => {
    const { id } = await sendAndScan(service, invoice('PO-2026-000077').replace('From now', 'from today'));
    await service.query(
      "update messages set verdict = 'clean', score = 0, disposition = 'released' where id = $1",
      [id],
    );
    await rescan(id);
    t.match(await read(id), { verdict: 'malicious', disposition: 'released' });
  });

  t.test('is asked for by a person', async (t) => {
    const { id } = await sendAndScan(service, letter({ body: 'Harmless, again' }));
    const ask = (caller = manager, headers = {}) =>
      caller.post(`/v1/mail/messages/${id}/rescan`, undefined, headers);
    t.match(await ask(), { status: 202, body: { id } });
    t.equal((await service.outbox(rescanRequested.type)).at(-1)?.payload.messageId, id);
    t.equal((await ask(service.as('viewer'))).status, 403);
    t.equal((await ask(service.as('owner', { tenantId: newId() }))).status, 404);
    t.equal((await ask(manager, { 'if-match': '"99"' })).status, 412);
    const queued = (await manager.post('/v1/mail/messages', letter({ body: 'Not scanned yet' }), rfc822))
      .body;
    t.equal((await manager.post(`/v1/mail/messages/${queued.id}/rescan`)).body.error.code, 'INVALID_STATE');
  });
});

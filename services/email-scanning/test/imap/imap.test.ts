import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { claimMailbox, pauseSeconds, releaseLease } from '../../src/imap/lease.ts';
import { imapTask, readMailbox } from '../../src/imap/poll.ts';
import { letter, settings, start, storageOf } from '../service.ts';
import { noDovecot, password, startDovecot } from './dovecot.ts';

if (noDovecot) {
  t.plan(0, noDovecot);
  process.exit();
}

const dovecot = await startDovecot();
t.teardown(() => dovecot.end());
const service = await start(t);
const owner = service.as('owner');
const config = settings({ IMAP_ALLOW_PRIVATE: true, IMAP_POLL_SECONDS: 1 });
const parts = { ...storageOf(config), service: service.service, settings: config };
const never = new AbortController().signal;

const makeSource = async (user: string, changes: object = {}) =>
  (
    await owner.post('/v1/mail/sources', {
      ...{ kind: 'imap', name: `Mailbox of ${user}` },
      imap: { host: '127.0.0.1', port: dovecot.port, tls: 'none', user, password, ...changes },
    })
  ).body as { id: string };

const statusOf = async (id: string) => (await owner.get(`/v1/mail/sources/${id}`)).body.status;
const messagesOf = async (id: string) =>
  (await service.query<{ id: string }>('select id from messages where source_id = $1 order by id', [id])).map(
    (row) => row.id,
  );
const placeOf = async (id: string) =>
  (await service.query('select uid_validity, last_uid from source_states where source_id = $1', [id]))[0];
const makeDue = () => service.query('update source_states set next_poll_at = now()');

/** Reads whatever is due, once. */
async function poll(forMs = 0): Promise<void> {
  await makeDue();
  for (;;) {
    const lease = await claimMailbox(service.service.systemDb);
    if (!lease) return;
    await readMailbox(parts, lease, { signal: never, forMs });
    await service.query(
      "update source_states set next_poll_at = now() + interval '1 hour' where source_id = $1",
      [lease.sourceId],
    );
  }
}

t.test('a mailbox is read once, and left as it is', async (t) => {
  const raw = letter({ body: 'in a mailbox' }).replaceAll('\r\n', '\n');
  for (const text of [raw, letter({ body: 'second' }), letter({ body: 'third' })])
    await dovecot.deliver('ann', text);
  const source = await makeSource('ann');
  await poll();
  const ids = await messagesOf(source.id);
  t.equal(ids.length, 3);
  t.match(await statusOf(source.id), { lastMessageAt: String, lastError: null, failures: 0 });
  const first = await owner.get(`/v1/mail/messages/${ids[0]}/raw`);
  t.equal(first.raw.toString(), raw.replaceAll('\n', '\r\n'));
  t.ok(
    (await dovecot.files('ann')).every((name) => !/:2,.*[A-Z]/.test(name)),
    'nothing was marked',
  );

  await poll();
  t.equal((await messagesOf(source.id)).length, 3, 'nothing twice');
  const [again] = await service.query('select 1 from message_deliveries where source_id = $1', [source.id]);
  t.equal(again, undefined, 'nor read twice');
  await dovecot.deliver('ann', letter({ body: 'fourth' }));
  await poll();
  t.equal((await messagesOf(source.id)).length, 4, 'it goes on where it stopped');
  t.match(await placeOf(source.id), { last_uid: '4' });
});

t.test('new mail comes at once, while the mailbox is open', async (t) => {
  // All others were read and wait for an hour.
  const source = await makeSource('ida');
  const lease = await claimMailbox(service.service.systemDb);
  if (lease?.sourceId !== source.id) throw new Error('Another mailbox was due');
  const stop = new AbortController();
  const slow = { ...parts, settings: { ...config, IMAP_POLL_SECONDS: 60 } };
  const reading = readMailbox(slow, lease, { signal: stop.signal });
  await eventually('the mailbox is open', async () => (await placeOf(source.id))?.uid_validity);
  await delay(1_000);
  await dovecot.deliver('ida', letter({ body: 'while it is open' }));
  await eventually('it came', async () => (await messagesOf(source.id)).length === 1);
  stop.abort();
  await reading;
  const [state] = await service.query('select lease, failures from source_states where source_id = $1', [
    source.id,
  ]);
  t.strictSame(state, { lease: null, failures: 0 }, 'whoever is next may go on');
});

t.test('one replica at a time reads a mailbox', async (t) => {
  const source = await makeSource('leo');
  await makeDue();
  const leases = await Promise.all(Array.from({ length: 8 }, () => claimMailbox(service.service.systemDb)));
  const mine = leases.filter((lease) => lease?.sourceId === source.id);
  t.equal(mine.length, 1);
  for (const lease of leases) if (lease) await releaseLease(service.service.systemDb, lease, 3_600);
  await makeDue();
  const [first] = mine;
  if (!first) return;
  await service.query('update source_states set lease = gen_random_uuid() where source_id = $1', [source.id]);
  await dovecot.deliver('leo', letter({ body: 'for another' }));
  await readMailbox(parts, first, { signal: never, forMs: 0 });
  t.equal((await messagesOf(source.id)).length, 0, 'who lost it commits nothing');
});

t.test('a mailbox that is numbered anew is read again, and nothing is stored twice', async (t) => {
  for (const body of ['one', 'two']) await dovecot.deliver('rex', letter({ body: `rex ${body}` }));
  const source = await makeSource('rex');
  await poll();
  const before = await placeOf(source.id);
  await delay(1_100);
  await dovecot.renumber('rex');
  await dovecot.deliver('rex', letter({ body: 'rex three' }));
  await poll();
  const after = await placeOf(source.id);
  t.not(after?.uid_validity, before?.uid_validity, 'it is numbered anew');
  t.equal((await messagesOf(source.id)).length, 3);
});

t.test('a message that is too large is refused, and the rest is read', async (t) => {
  await dovecot.deliver('max', Buffer.alloc(26 * 1024 * 1024, 'x\n'));
  await dovecot.deliver('max', letter({ body: 'of common size' }));
  const source = await makeSource('max');
  await poll();
  t.equal((await messagesOf(source.id)).length, 1);
  t.match((await statusOf(source.id)).refused, [{ what: 'UID 1', reason: /larger than/ }]);
});

t.test('what keeps a mailbox from being read is shown, and it is tried less and less often', async (t) => {
  const cases: [object, RegExp][] = [
    [{ password: 'wrong' }, /refused the user or the password/],
    [{ mailbox: 'Nowhere' }, /refused to open the mailbox/],
    [{ port: 1 }, /refuses connections/],
    [{ tls: 'starttls' }, /failed/],
    [{ host: 'no-such-host.invalid' }, /name/],
  ];
  for (const [changes, sentence] of cases) {
    const source = await makeSource('ann', changes);
    await poll();
    const status = await statusOf(source.id);
    t.match(status, { lastError: sentence, lastErrorAt: String, failures: 1 });
    await owner.patch(`/v1/mail/sources/${source.id}`, { active: false });
  }
  t.ok(pauseSeconds(0) <= 5 && pauseSeconds(0) >= 2.5);
  t.ok(pauseSeconds(4, 1) > pauseSeconds(3, 1));
  t.equal(pauseSeconds(1_000, 1), 900);
});

t.test('servers of private networks are out of reach unless they are allowed', async (t) => {
  const source = await makeSource('ann');
  await makeDue();
  await service.query(
    "update source_states set next_poll_at = now() + interval '1 hour' where source_id <> $1",
    [source.id],
  );
  const lease = await claimMailbox(service.service.systemDb);
  if (!lease) throw new Error('Nothing was due');
  const outside = { ...parts, settings: { ...config, IMAP_ALLOW_PRIVATE: false } };
  await readMailbox(outside, lease, { signal: never, forMs: 0 });
  t.match(await statusOf(source.id), { lastError: /not public/ });
  t.equal((await messagesOf(source.id)).length, 0);
});

t.test('a server that goes away and comes back', async (t) => {
  const source = await makeSource('zoe');
  await dovecot.deliver('zoe', letter({ body: 'before' }));
  await poll();
  await dovecot.stop();
  await poll();
  t.match(await statusOf(source.id), { lastError: /refuses connections/, failures: 1 });
  await dovecot.start();
  await dovecot.deliver('zoe', letter({ body: 'after' }));
  await poll();
  t.equal((await messagesOf(source.id)).length, 2);
  t.match(await statusOf(source.id), { lastError: null, failures: 0 });
});

t.test('mailboxes are claimed again after the database failed', async (t) => {
  const source = await makeSource('kim');
  await dovecot.deliver('kim', letter({ body: 'after a failure' }));
  await service.query('alter table source_states rename to source_states_away');
  const stop = new AbortController();
  const running = imapTask(parts).run(service.service, stop.signal);
  await delay(300);
  await service.query('alter table source_states_away rename to source_states');
  await makeDue();
  await eventually('it came', async () => (await messagesOf(source.id)).length > 0);
  t.equal((await messagesOf(source.id)).length, 1);
  stop.abort();
  await running;
});

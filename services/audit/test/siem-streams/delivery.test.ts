import { newId } from '@stockade/database';
import t from 'tap';
import { createAudit } from '../../src/app.ts';
import { type DeliverOptions, deliverOne } from '../../src/siem-streams/deliver.ts';
import { createSender } from '../../src/siem-streams/send.ts';
import { entry, record, settings, start, startWith } from '../setup.ts';
import { answer, cut, hang, signedWith, startReceiver } from './receiver.ts';

const path = '/v1/audit/siem-streams';
const goesOn = new AbortController().signal;

t.test('delivery of SIEM streams', async (t) => {
  const service = await startWith(t, createAudit({ ...settings, SIEM_ALLOW_PRIVATE: true }));
  const sender = createSender({ allowPrivate: true });
  const impatient = createSender({ allowPrivate: true, timeoutMs: 400 });
  t.teardown(() => Promise.all([sender.close(), impatient.close()]));
  const options: DeliverOptions = { sender, pauseAfterMs: 3_600_000 };
  // Whoever delivers takes any stream that is due: those of an earlier test are not there to come due in the midst of this.
  t.beforeEach(async () => {
    await service.query('delete from siem_streams');
  });
  const deliver = async (with_: DeliverOptions = options) => {
    let n = 0;
    while (await deliverOne(service.service, with_, goesOn)) n++;
    return n;
  };

  /** A tenant with a stream to a receiver of its own. */
  const world = async (body: object = {}, tls = false) => {
    const receiver = await startReceiver(t, { tls });
    const tenantId = newId();
    const admin = service.as('admin', { tenantId });
    const made = await admin.post(path, { name: 'SIEM', url: receiver.url, ...body });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    const { id, secret } = made.body;
    const add = async (count: number, overrides: Record<string, unknown> = {}) => {
      const events = Array.from({ length: count }, () => entry(tenantId, overrides));
      await record(service, events);
      return events.map((event) => event.id);
    };
    const state = async () => (await admin.get(`${path}/${id}`)).body;
    // As if the wait were over.
    const due = () => service.query('update siem_streams set next_attempt_at = now() where id = $1', [id]);
    const sequences = () =>
      receiver.received.flatMap(({ json }) =>
        json.data.entries.map((one: { sequence: number }) => one.sequence),
      );
    return { receiver, tenantId, admin, id, secret, add, state, due, sequences };
  };

  t.test('entries come in order, in signed batches, as they stand in the log', async (t) => {
    const { receiver, tenantId, admin, id, secret, add, state, sequences } = await world();
    const ids = await add(450);
    await deliver();
    t.strictSame(
      sequences(),
      ids.map((_, at) => at + 1),
    );
    t.strictSame(
      receiver.received.map(({ json }) => json.data.entries.length),
      [200, 200, 50],
    );
    for (const one of receiver.received) {
      t.strictSame(signedWith(one, [secret]), [secret]);
      t.equal(one.headers['content-type'], 'application/json');
      t.match(one.json, {
        type: 'audit.entries.recorded',
        timestamp: String,
        data: { tenantId, streamId: id },
      });
    }
    t.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 3);
    const first = receiver.received[0]?.json.data.entries[0];
    t.strictSame(first, (await admin.get(`/v1/audit/entries/${ids[0]}`)).body);
    t.match(await state(), {
      status: 'active',
      delivered: 450,
      failures: 0,
      lastError: null,
      lastSuccessAt: String,
    });
    t.equal(await deliver(), 0, 'nothing is sent twice');
    const spoilt = { ...(receiver.received[0] as (typeof receiver.received)[0]) };
    spoilt.body = spoilt.body.replace('"first":1', '"first":2');
    t.strictSame(signedWith(spoilt, [secret]), [], 'what is changed on the way is found out');
  });

  t.test('only what is wanted is sent, and the stream passes over the rest', async (t) => {
    const { receiver, add, state } = await world({ actions: ['purchasing.bank-account', 'identity'] });
    await add(600);
    await add(1, { action: 'purchasing.bank-account.read' });
    await add(1, { action: 'purchasing.bank-accounts.read' });
    await add(1, { action: 'identity.user.create' });
    await add(600);
    await deliver();
    t.strictSame(
      receiver.received.flatMap(({ json }) => json.data.entries.map((one: { action: string }) => one.action)),
      ['purchasing.bank-account.read', 'identity.user.create'],
    );
    t.equal((await state()).delivered, 1_203);
  });

  t.test('it begins now, or at the start of the log', async (t) => {
    const { admin, add, receiver, sequences } = await world();
    await add(3);
    await deliver();
    const late = await admin.post(path, { name: 'Late', url: receiver.url });
    const whole = await admin.post(path, { name: 'Whole', url: receiver.url, from: 'start' });
    t.strictSame([late.body.delivered, whole.body.delivered], [3, 0]);
    await deliver();
    t.strictSame(sequences(), [1, 2, 3, 1, 2, 3]);
  });

  for (const [name, fault, reason, by = sender] of [
    ['an error', answer(500), 'The answer was 500.'],
    ['a hanging receiver', hang, 'It took too long to answer.', impatient],
    ['a cut connection', cut, /^It could not be reached/],
    [
      'a redirect',
      answer(302, { location: 'http://127.0.0.1:1/' }),
      'It was redirected (302), which is not followed.',
    ],
  ] as const)
    t.test(`after ${name} the very same batch comes again, under the same id`, async (t) => {
      const { receiver, add, state, due, secret } = await world();
      const [first] = await add(2);
      receiver.faults.push(fault);
      await deliver({ ...options, sender: by });
      const failing = await state();
      t.match(failing, { status: 'failing', delivered: 0, failures: 1, failingSince: String });
      t.match(failing.lastError, reason);
      const wait = Date.parse(failing.nextAttemptAt) - Date.parse(failing.failingSince);
      t.ok(wait >= 500 && wait <= 1_000, `tried again in ${wait} ms`);
      // What comes meanwhile is for the next batch.
      await add(3);
      await due();
      await deliver();
      const [before, again, next] = receiver.received as [never, never, never];
      t.equal((again as { body: string }).body, (before as { body: string }).body);
      t.equal(
        (again as (typeof receiver.received)[0]).headers['webhook-id'],
        (before as (typeof receiver.received)[0]).headers['webhook-id'],
      );
      t.strictSame(signedWith(again, [secret]), [secret]);
      t.equal((again as (typeof receiver.received)[0]).json.data.entries[0].id, first);
      t.equal((next as (typeof receiver.received)[0]).json.data.first, 3);
      t.match(await state(), { status: 'active', delivered: 5, failures: 0, lastError: null });
    });

  t.test('a process that ends does not wait for a receiver, and counts it as no failure', async (t) => {
    const { receiver, add, state, sequences } = await world();
    await add(2);
    const end = new AbortController();
    receiver.faults.push(() => end.abort());
    t.equal(await deliverOne(service.service, options, end.signal), true);
    t.match(await state(), { status: 'active', delivered: 0, failures: 0, lastError: null });
    await deliver();
    t.strictSame(sequences(), [1, 2, 1, 2], 'another one sends it at once');
    const [before, again] = receiver.received;
    t.equal(again?.headers['webhook-id'], before?.headers['webhook-id'], 'under the same id');
    t.match(await state(), { status: 'active', delivered: 2 });
  });

  t.test('a certificate that is not trusted gets nothing', async (t) => {
    const { receiver, add, state } = await world({}, true);
    await add(1);
    await deliver();
    t.strictSame(receiver.received, []);
    t.match(await state(), { status: 'failing', lastError: /^Its certificate is not trusted/ });
  });

  t.test('a receiver that asks for time gets it', async (t) => {
    const { receiver, add, state } = await world();
    await add(1);
    receiver.faults.push(answer(429, { 'retry-after': '120' }));
    await deliver();
    const wait = Date.parse((await state()).nextAttemptAt) - Date.now();
    t.ok(wait > 100_000 && wait <= 120_000, `${wait} ms`);
  });

  t.test(
    'after failing for too long it is paused, which is on record, and goes on when it is resumed',
    async (t) => {
      const { receiver, admin, id, add, state, due } = await world();
      await add(2);
      receiver.faults.push(answer(503), answer(503));
      await deliver();
      await service.query(
        "update siem_streams set failing_since = now() - interval '61 minutes' where id = $1",
        [id],
      );
      await due();
      await deliver();
      t.match(await state(), {
        status: 'paused',
        pausedBy: 'failure',
        failures: 2,
        lastError: 'The answer was 503.',
      });
      await due();
      t.equal(await deliver(), 0, 'nothing is sent any more');
      const pauses = (await service.outbox('audit.entry-recorded.v1')).filter(
        ({ payload }) => payload.action === 'audit.siem-stream.pause' && payload.target.id === id,
      );
      t.equal(pauses.length, 1);
      t.match(pauses[0]?.payload, {
        actor: { type: 'system', id: 'siem-stream' },
        changes: { failures: { after: 2 } },
      });
      t.equal((await admin.patch(`${path}/${id}`, { active: true })).body.status, 'active');
      await deliver();
      t.match(await state(), { status: 'active', delivered: 2 });
    },
  );

  t.test('a receiver that is gone is paused at once', async (t) => {
    const { receiver, add, state } = await world();
    await add(1);
    receiver.faults.push(answer(410));
    await deliver();
    t.match(await state(), { status: 'paused', pausedBy: 'failure' });
  });

  t.test('one sender at a time, however many workers there are', async (t) => {
    const { receiver, add, sequences } = await world();
    receiver.state.delayMs = 20;
    await add(1_000);
    await Promise.all(Array.from({ length: 6 }, () => deliver()));
    // Those who found it taken come back later.
    await deliver();
    t.strictSame(
      sequences(),
      Array.from({ length: 1_000 }, (_, at) => at + 1),
    );
    t.equal(receiver.state.mostUnderWay, 1);
  });

  t.test('a sender that died is followed by another; what it had sent comes again', async (t) => {
    const { receiver, add, id, due, state } = await world();
    await add(2);
    const dies = {
      ...sender,
      send: async (...call: Parameters<typeof sender.send>) => {
        await sender.send(...call);
        throw new Error('killed');
      },
    };
    await t.rejects(deliver({ ...options, sender: dies }), /killed/);
    t.equal(await deliver(), 0, 'it is the dead one’s until its lease is over');
    t.equal((await state()).delivered, 0);
    await due();
    await deliver();
    t.equal((await state()).delivered, 2);
    const [before, again] = receiver.received;
    t.equal(again?.headers['webhook-id'], before?.headers['webhook-id'], 'known by its id');
    t.ok(id);
  });

  t.test('a change while a batch is under way: the sender has no say any more', async (t) => {
    const { receiver, admin, add, id, due, state } = await world();
    await add(2);
    const paused = {
      ...sender,
      send: async (...call: Parameters<typeof sender.send>) => {
        const outcome = await sender.send(...call);
        await admin.patch(`${path}/${id}`, { actions: ['identity'], active: false });
        return outcome;
      },
    };
    await deliver({ ...options, sender: paused });
    t.match(await state(), { status: 'paused', pausedBy: 'person', delivered: 0 });
    await admin.patch(`${path}/${id}`, { active: true });
    await due();
    await deliver();
    t.equal(receiver.received.length, 1, 'nothing of the new filter was there');
    t.equal((await state()).delivered, 2);
  });

  t.test('a new secret: both sign until the overlap is over', async (t) => {
    const { receiver, admin, id, secret, add } = await world();
    const rotate = (body?: object) => admin.post(`${path}/${id}/rotate-secret`, body);
    const { body: rotated } = await rotate({ overlapHours: 1 });
    t.match(rotated.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    t.not(rotated.secret, secret);
    t.equal((await rotate({ overlapHours: 1 })).status, 409, 'sent twice, it would end the first');
    const both = [secret, rotated.secret];
    await add(1);
    await deliver();
    t.strictSame(signedWith(receiver.received[0] as never, both), both);
    await service.query(
      "update siem_streams set previous_secret_until = now() - interval '1 second' where id = $1",
      [id],
    );
    await add(1);
    await deliver();
    t.strictSame(signedWith(receiver.received[1] as never, both), [rotated.secret]);
    const { body: last } = await rotate({ overlapHours: 0 });
    await add(1);
    await deliver();
    t.strictSame(signedWith(receiver.received[2] as never, [...both, last.secret]), [last.secret]);
    t.notMatch(
      JSON.stringify(await service.query('select * from siem_streams where id = $1', [id])),
      /whsec_/,
    );
    t.notMatch(JSON.stringify(await service.outbox()), /whsec_/, 'no entry has it');
  });

  t.test('what retention removed is passed over', async (t) => {
    const { add, sequences, tenantId, state } = await world();
    await add(3);
    await service.query('update leaves set removed_at = now() where tenant_id = $1 and sequence <= 2', [
      tenantId,
    ]);
    await service.query('delete from entries where tenant_id = $1 and sequence <= 2', [tenantId]);
    await deliver();
    t.strictSame(sequences(), [3]);
    await add(2);
    await service.query('delete from entries where tenant_id = $1', [tenantId]);
    await deliver();
    t.equal((await state()).delivered, 5);
  });
});

t.test('nothing is sent into a private network unless it is allowed', async (t) => {
  const service = await start(t);
  const receiver = await startReceiver(t);
  const sender = createSender({ allowPrivate: false, timeoutMs: 2_000 });
  t.teardown(() => sender.close());
  const { tenantId } = service;
  const admin = service.as('admin');
  const { port } = new URL(receiver.url);
  const made = await admin.post(path, { name: 'SIEM', url: 'https://siem.example/' });
  t.equal(made.status, 201);
  await record(service, [entry(tenantId)]);
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '169.254.169.254',
  ]) {
    // Past the check of what people set: names may come to lead elsewhere.
    await service.query('update siem_streams set url = $1, next_attempt_at = now()', [
      `http://${host}:${port}/`,
    ]);
    await deliverOne(service.service, { sender, pauseAfterMs: 3_600_000 }, goesOn);
    const { body } = await admin.get(`${path}/${made.body.id}`);
    t.equal(body.lastError, 'It leads into a private network, which is not allowed.', host);
  }
  t.strictSame(receiver.received, []);
});

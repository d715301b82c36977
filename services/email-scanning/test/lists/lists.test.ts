import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { expireEntries } from '../../src/lists/expire.ts';
import { activeEntries } from '../../src/lists/queries.ts';
import { start } from '../service.ts';

const path = '/v1/mail/lists';

t.test('allow and block lists', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');
  const add = (body: object, headers = {}) => manager.post(path, { effect: 'block', ...body }, headers);
  const auditOf = async (id: string) =>
    (await service.outbox('audit.entry-recorded.v1')).filter(({ aggregateId }) => aggregateId === id);

  t.test('hold values in the way in which they are compared', async (t) => {
    const kinds: [string, string, string][] = [
      ['address', ' Bad.Guy@Evil.Example ', 'bad.guy@evil.example'],
      ['domain', '*.Büro.Example.', 'xn--bro-hoa.example'],
      ['ip', '2001:DB8:0::1', '2001:db8::1'],
      ['ip', '203.0.113.9', '203.0.113.9'],
      ['url-host', 'Evil.Example', 'evil.example'],
      ['url-host', '[2001:DB8::2]', '[2001:db8::2]'],
      ['sha256', 'AB'.repeat(32), 'ab'.repeat(32)],
    ];
    for (const [kind, value, normalised] of kinds) {
      const made = await add({ kind, value, note: 'seen in May' });
      t.match(made, {
        status: 201,
        headers: { etag: '"1"' },
        body: { kind, value: normalised, expiresAt: null },
      });
      t.strictSame((await manager.get(`${path}/${made.body.id}`)).body, made.body);
    }
  });

  t.test('refuse what is not of its kind', async (t) => {
    const bad: [string, string][] = [
      ...['x@', '@evil.example', 'a b@evil.example', 'a@b@c.example', 'evil.example', 'a@localhost'].map(
        (value): [string, string] => ['address', value],
      ),
      ...['com', 'co.uk', 'evil', '-a.example', 'evil.example/path', '127.0.0.1', 'a@evil.example:1'].map(
        (value): [string, string] => ['domain', value],
      ),
      ...['1.2.3', '1.2.3.4/8', 'fe80::1%eth0', 'evil.example'].map((value): [string, string] => [
        'ip',
        value,
      ]),
      ...['https://evil.example', 'evil.example:80'].map((value): [string, string] => ['url-host', value]),
      ...['ab'.repeat(31), 'zz'.repeat(32)].map((value): [string, string] => ['sha256', value]),
    ];
    for (const [kind, value] of bad) {
      const answer = await add({ kind, value });
      t.equal(answer.status, 400, `${kind} ${value}`);
      t.equal(answer.body.error.details.errors[0].path, '/value');
    }
    const over = await add({ kind: 'domain', value: 'over.example', expiresAt: '2020-01-01T00:00:00Z' });
    t.match(over, { status: 400, body: { error: { details: { errors: [{ path: '/expiresAt' }] } } } });
  });

  t.test('have a value once, allowed or blocked', async (t) => {
    const [one, two] = await Promise.all([
      add({ kind: 'domain', value: 'twice.example' }),
      add({ kind: 'domain', value: 'TWICE.example', effect: 'allow' }),
    ]);
    t.strictSame([one?.status, two?.status].sort(), [201, 409]);
    t.equal(
      (await add({ kind: 'url-host', value: 'twice.example' })).status,
      201,
      'another kind is another thing',
    );
  });

  t.test('are for those who approve; everything is on record', async (t) => {
    const headers = { 'idempotency-key': 'list-1' };
    const { id } = (await add({ kind: 'domain', value: 'once.example' }, headers)).body;
    t.equal((await add({ kind: 'domain', value: 'once.example' }, headers)).body.id, id, 'repeated');
    const operator = service.as('operator');
    t.equal((await operator.post(path, { effect: 'allow', kind: 'domain', value: 'x.example' })).status, 403);
    t.equal((await operator.delete(`${path}/${id}`)).status, 403);
    t.equal((await operator.get(`${path}/${id}`)).status, 200);
    t.equal((await manager.delete(`${path}/${id}`, { 'if-match': '"7"' })).status, 412);
    t.equal((await manager.delete(`${path}/${id}`)).status, 204);
    t.equal((await manager.delete(`${path}/${id}`)).status, 404);
    t.match(
      (await auditOf(id)).map(({ payload }) => [payload.action, payload.changes.value]),
      [
        ['email-scanning.list-entry.create', { before: null, after: 'once.example' }],
        ['email-scanning.list-entry.delete', { before: 'once.example', after: null }],
      ],
    );
  });

  t.test('are filtered and paged', async (t) => {
    t.match((await manager.get(`${path}?kind=sha256`)).body.data, [{ kind: 'sha256' }]);
    t.match((await manager.get(`${path}?search=GUY@`)).body.data, [{ value: 'bad.guy@evil.example' }]);
    t.strictSame((await manager.get(`${path}?search=%25`)).body.data, [], 'no wildcards');
    const first = (await manager.get(`${path}?limit=2&effect=block`)).body;
    const second = (await manager.get(`${path}?limit=2&effect=block&cursor=${first.nextCursor}`)).body;
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id);
    t.equal(new Set(ids).size, 4);
    t.strictSame(ids.toSorted().reverse(), ids, 'newest first');
  });

  t.test('let go of what is over', async (t) => {
    const soon = new Date(Date.now() + 1_000).toISOString();
    const { id } = (await add({ kind: 'domain', value: 'soon.example', expiresAt: soon })).body;
    const counted = async () =>
      (await activeEntries(service.service.systemDb, new Date())).some((entry) => entry.id === id);
    t.ok(await counted());
    await delay(1_100);
    t.notOk(await counted());
    const [before] = await service.query<{ version: string }>('select version from knowledge_versions');
    await expireEntries(service.service);
    t.equal((await manager.get(`${path}/${id}`)).status, 404);
    t.equal((await auditOf(id)).at(-1)?.payload.action, 'email-scanning.list-entry.expire');
    const [after] = await service.query<{ version: string }>('select version from knowledge_versions');
    t.ok(Number(after?.version) > Number(before?.version), 'scanners look at their lists anew');
    t.equal((await add({ kind: 'domain', value: 'soon.example' })).status, 201);
  });

  t.test('are bounded', async (t) => {
    const tenantId = newId();
    const other = service.as('manager', { tenantId });
    await service.asApp(
      tenantId,
      `insert into list_entries (tenant_id, id, effect, kind, value)
       select $1, gen_random_uuid(), 'block', 'domain', 'd' || n || '.example' from generate_series(1, 9999) n`,
      [tenantId],
    );
    const added = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        other.post(path, { effect: 'block', kind: 'domain', value: `${name}.example` }),
      ),
    );
    t.strictSame(added.map(({ status }) => status).sort(), [201, 409, 409]);
  });

  await isolationTest(t, service, ['list_entries', 'knowledge_versions']);
});

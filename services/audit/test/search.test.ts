import { platformTenantId } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest, type TestCaller } from '@stockade/testing';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import t from 'tap';
import type { EntryFilters } from '../src/entries/filters.ts';
import { listEntries } from '../src/entries/queries.ts';
import { indexNews, searchIndexTask } from '../src/search/index-entries.ts';
import type { AuditDb } from '../src/tables.ts';
import { never } from './exporting.ts';
import { entry, record, start } from './setup.ts';

const service = await start(t);

const list = async (caller: TestCaller, query: Record<string, string>, path = '/v1/audit/entries') =>
  (await caller.get(`${path}?${new URLSearchParams(query)}`)).body;
const sequences = async (caller: TestCaller, query: Record<string, string>): Promise<number[]> =>
  (await list(caller, query)).data.map(({ sequence }: { sequence: number }) => sequence);
const change = (after: unknown) => ({ changes: { name: { before: null, after } } });

t.test('words in any part of an entry', async (t) => {
  const { tenantId } = service;
  const auditor = service.as('auditor');
  const [actorId, targetId] = [newId(), newId()];
  await record(service, [
    entry(tenantId, {
      actor: { type: 'user', id: actorId, name: "Ýmir O'Tool" },
      ...change('Dübelchen M8'),
    }),
    entry(tenantId, { action: 'purchasing.supplier.create', target: { type: 'supplier', id: targetId } }),
    entry(tenantId, { ip: '198.51.100.77', ...change({ deep: ['Łódź', 4711, true] }) }),
    entry(tenantId, change("it's 100% \\ 'quoted' & (odd) | !things:* <-> -- ; drop table entries")),
  ]);
  const wanted: [Record<string, string>, number[]][] = [
    [{ search: 'dübelchen' }, [1]],
    [{ search: 'DÜBEL' }, [1]],
    [{ search: 'übelchen' }, []],
    [{ search: 'm8' }, [1]],
    [{ search: 'o tool' }, [1]],
    [{ search: "ýmir o'tool" }, [1]],
    [{ search: actorId }, [1]],
    [{ search: actorId.slice(0, 13) }, []],
    [{ search: 'purchasing.supplier.create' }, [2]],
    [{ search: 'create supplier' }, [2]],
    [{ search: targetId.toUpperCase() }, [2]],
    [{ search: 'łódź 4711' }, [3]],
    [{ search: '198.51.100.77' }, [3]],
    [{ search: 'deep true' }, [3]],
    [{ search: "it's 'quoted' & (odd) | !things" }, [4]],
    [{ search: 'drop table entries' }, [4]],
    [{ search: 'inventory upd' }, [4, 3, 1]],
    [{ search: 'up' }, []],
    [{ search: 'update', action: 'inventory.item.update' }, [4, 3, 1]],
    [{ search: 'update', actorId }, [1]],
    [{ search: 'create', targetType: 'supplier', targetId }, [2]],
    [{ search: 'create', targetType: 'item' }, []],
    [{ search: 'create', requestId: 'r-1' }, [2]],
    [{ search: 'create', severity: 'warning' }, []],
    [{ search: 'create', from: new Date(Date.now() - 60_000).toISOString() }, [2]],
    [{ search: 'create', to: new Date(Date.now() - 60_000).toISOString() }, []],
  ];
  for (const [query, found] of wanted)
    t.strictSame(await sequences(auditor, query), found, JSON.stringify(query));
  for (const search of ['', '…', '%%', ' ', 'x'.repeat(201)])
    t.equal(
      (await auditor.get(`/v1/audit/entries?search=${encodeURIComponent(search)}`)).status,
      400,
      search,
    );
  for (const query of ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'search=a&search=b'])
    t.equal((await auditor.get(`/v1/audit/entries?${query}`)).status, 400, query);
});

t.test('nobody finds what another tenant has', async (t) => {
  const [one, other] = [newId(), newId()];
  await record(service, [entry(one, change('secretword'))]);
  await record(service, [entry(other, change('otherword'))]);
  const auditors = [one, other].map((tenantId) => service.as('auditor', { tenantId }));
  t.strictSame(await sequences(auditors[0] as TestCaller, { search: 'secretword' }), [1]);
  t.strictSame(await sequences(auditors[1] as TestCaller, { search: 'secretword' }), []);
  t.strictSame(await sequences(auditors[1] as TestCaller, { search: 'secret' }), []);
  const term = `'${one.slice(-12)}:secretword'`;
  const asApp = (tenantId: string | null) =>
    service.asApp(tenantId, 'select search_entries($1, null, null, null, 10)', [term]);
  t.equal((await asApp(one)).rowCount, 1);
  t.equal((await asApp(other)).rowCount, 0, 'whatever terms are asked for');
  t.equal((await asApp(null)).rowCount, 0);
  await isolationTest(t, service, ['entry_words', 'search_positions']);
});

t.test("the platform's log is searched the same way, by operators alone", async (t) => {
  const operator = service.as('owner', { type: 'operator' });
  await record(service, [entry(platformTenantId, change('flooded')), entry(platformTenantId)]);
  const path = '/v1/admin/audit/entries';
  t.match(await list(operator, { search: 'flooded' }, path), { data: [{ sequence: 1 }], nextCursor: null });
  t.strictSame((await list(operator, { search: 'schräubchen' }, path)).data.length, 1);
  t.equal((await service.as('owner').get(`${path}?search=flooded`)).status, 403);
});

t.test('pages of a search hold each entry once', async (t) => {
  const tenantId = newId();
  const auditor = service.as('auditor', { tenantId });
  const events = Array.from({ length: 60 }, (_, at) =>
    entry(tenantId, change(at % 4 === 0 ? 'fourth' : 'other')),
  );
  await record(service, events);
  const found: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { search: 'fourth', limit: '4', ...(cursor ? { cursor } : {}) };
    const page = await list(auditor, query);
    found.push(...page.data.map(({ sequence }: { sequence: number }) => sequence));
    cursor = page.nextCursor;
    // What comes meanwhile is newer than what was shown.
    await record(service, [entry(tenantId, change('fourth'))]);
  }
  t.strictSame(
    found,
    Array.from({ length: 15 }, (_, at) => 57 - at * 4),
  );
});

t.test(
  'words are put into the index behind the log: by a task, at once by whoever searches, by several at a time',
  async (t) => {
    const tenantId = newId();
    const auditor = service.as('auditor', { tenantId });
    const events = Array.from({ length: 1_200 }, () => entry(tenantId, change('needle')));
    for (let at = 0; at < events.length; at += 200) await record(service, events.slice(at, at + 200));
    const indexed = async () =>
      (
        await service.query<{ n: number }>(
          'select count(*)::int as n from entry_words where tenant_id = $1',
          [tenantId],
        )
      )[0]?.n;
    t.equal(await indexed(), 0);
    await Promise.all([1, 2, 3].map(() => indexNews(service.service, tenantId)));
    t.equal(await indexed(), 1_200);
    await record(service, [entry(tenantId, change('haystack'))]);
    await searchIndexTask.run(service.service, never);
    t.equal(await indexed(), 1_201);
    await record(service, [entry(tenantId, change('haystack'))]);
    t.strictSame(await sequences(auditor, { search: 'haystack' }), [1_202, 1_201]);
    t.equal((await list(auditor, { search: 'needle', limit: '1000' })).data.length, 1_000);
  },
);

t.test('an entry that is removed is not found any more, and leaves no word behind', async (t) => {
  const tenantId = newId();
  const auditor = service.as('auditor', { tenantId });
  await record(service, [entry(tenantId, change('personal')), entry(tenantId, change('personal'))]);
  t.strictSame(await sequences(auditor, { search: 'personal' }), [2, 1]);
  await service.query('delete from entries where tenant_id = $1 and sequence = 1', [tenantId]);
  t.strictSame(await sequences(auditor, { search: 'personal' }), [2]);
  const words = await service.query('select sequence::int from entry_words where tenant_id = $1', [tenantId]);
  t.strictSame(words, [{ sequence: 2 }]);
});

t.test('what somebody made unreadable does not stop the index', async (t) => {
  const tenantId = newId();
  await record(service, [entry(tenantId), entry(tenantId, change('after'))]);
  await service.query("update entries set entry = 'nonsense' where tenant_id = $1 and sequence = 1", [
    tenantId,
  ]);
  t.strictSame(await sequences(service.as('auditor', { tenantId }), { search: 'after' }), [2]);
});

t.test('an entry full of words takes a bounded place', async (t) => {
  const tenantId = newId();
  const many = Array.from({ length: 50_000 }, (_, at) => `word${at}`).join(' ');
  await record(service, [entry(tenantId, { ...change(`${many} ${'x'.repeat(100_000)}`) })]);
  t.strictSame(await sequences(service.as('auditor', { tenantId }), { search: 'word17' }), [1]);
  const [row] = await service.query<{ n: number }>(
    'select length(words) as n from entry_words where tenant_id = $1',
    [tenantId],
  );
  t.ok((row?.n ?? 0) <= 2_005, `${row?.n} terms`);
});

/** So many entries of a tenant, past the consumer: the first months are old. */
async function fill(tenantId: string, count: number) {
  await service.query(
    `insert into entries (tenant_id, sequence, recorded_on, id, occurred_at, actor_id, action, target_type, target_id, request_id, entry)
     select $1::uuid, n, current_date, gen_random_uuid(), now() - make_interval(secs => ($2 - n) * 10), 'actor-' || n % 500,
       case when n % 10 = 0 then 'inventory.site.create' else 'inventory.item.update' end, 'item', 'target-' || n, 'r-' || n,
       json_build_object('id', gen_random_uuid(), 'tenantId', $1::uuid, 'sequence', n, 'occurredAt', '2026-01-01T00:00:00.000Z', 'actor', json_build_object('type', 'user', 'id', 'a', 'name', 'A'),
         'onBehalfOf', null, 'action', 'inventory.item.update', 'target', json_build_object('type', 'item', 'id', 't'), 'changes', json_build_object(), 'ip', null, 'requestId', null, 'traceId', null)
     from generate_series(1, $2) n`,
    [tenantId, count],
  );
  await service.query(
    `insert into entry_words (tenant_id, sequence, occurred_at, words)
     select $1::uuid, n, now() - make_interval(secs => ($2 - n) * 10), array_to_tsvector(array[p || ':inventory', p || ':word' || n % 20000,
       p || ':' || case when n < 1000 then 'ancient' else 'recent' end, p || '=action:x', p || '=actor:actor-' || n % 500, p || ':unique' || n])
     from generate_series(1, $2) n, right($1::uuid::text, 12) p`,
    [tenantId, count],
  );
  await service.query('insert into trees (tenant_id, size) values ($1, $2)', [tenantId, count]);
  await service.query('insert into search_positions (tenant_id, position) values ($1, $2)', [
    tenantId,
    count,
  ]);
  await service.query('analyze entries');
  await service.query('analyze entry_words');
}

t.test('in a large log no search reads all of it', async (t) => {
  const tenantId = newId();
  const count = 100_000;
  await fill(tenantId, count);
  const auditor = service.as('auditor', { tenantId });
  const old = (from: number) => new Date(Date.now() - (count - from) * 10_000).toISOString();
  const searches: [Record<string, string>, number][] = [
    [{ search: 'inventory' }, 50],
    [{ search: 'ancient' }, 50],
    [{ search: 'ancient word17' }, 11],
    [{ search: 'unique777' }, 50],
    [{ search: 'nowhere' }, 0],
    [{ search: 'recent', actorId: 'actor-7' }, 50],
    [{ search: 'inventory', from: old(500), to: old(600) }, 50],
    [{ actorId: 'actor-7' }, 50],
    [{ actorId: 'actor-7', action: 'inventory.item.update' }, 50],
    [{ targetId: 'target-17' }, 1],
    [{ requestId: 'r-99' }, 1],
    [{ from: old(500), to: old(520) }, 20],
    [{ from: old(99_000) }, 50],
    [{ action: 'none.at.all' }, 0],
  ];
  for (const [query, expected] of searches) {
    const name = JSON.stringify(query);
    t.equal((await list(auditor, query)).data.length, expected, name);
    const pages = await pagesRead(tenantId, query);
    t.ok(pages < 1_500, `${name}: ${pages} of about 20,000 pages`);
  }
});

/** How many pages the statement of a list touches, in tables and indexes together. */
async function pagesRead(tenantId: string, filters: EntryFilters): Promise<number> {
  const compiled: CompiledQuery[] = [];
  const compiler = new Kysely<AuditDb>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void compiled.push(query),
  });
  await listEntries(compiler, tenantId, filters, { limit: 50, below: null });
  const [query] = compiled as [CompiledQuery];
  const explained = await service.asApp(tenantId, `explain (analyze, buffers, format json) ${query.sql}`, [
    ...query.parameters,
  ]);
  const plan = explained.rows[0]['QUERY PLAN'][0].Plan;
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}

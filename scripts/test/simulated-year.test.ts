import t, { type Test } from 'tap';
import { proofHolds } from '../../services/audit/test/setup.ts';
import { type Kept, readRetentionDocument } from './retention-document.ts';
import { work } from './year/activity.ts';
import { housekeepingOf, type Services, serviceNames, startAllServices } from './year/all-services.ts';
import { openCalendar } from './year/calendar.ts';

/** The longest that anything but changes is kept is 400 days. */
const months = 15;
const daysEach = 30;
const never = new AbortController().signal;
const kept = await readRetentionDocument();

const ruleOf = (name: string, table: string): Kept | undefined =>
  kept.find((one) => one.table === table && (one.section === name || one.section === 'every'));

/** Runs everything that a service removes. */
async function cleanUp(test: Test, services: Services) {
  const cleanUps = new Map<string, Awaited<ReturnType<typeof housekeepingOf>>>();
  for (const name of serviceNames) cleanUps.set(name, await housekeepingOf(test, services[name]));
  return async () => {
    for (const name of serviceNames)
      for (const one of [...(cleanUps.get(name) ?? []), ...services[name].cleanUps])
        await one.run(services[name].service, never);
  };
}

t.test('a year and a quarter with work in every service', async (t) => {
  const services = await startAllServices(t);
  const runCleanUps = await cleanUp(t, services);
  const calendars = await Promise.all(
    serviceNames.map(async (name) => ({ name, ...(await openCalendar(services[name])) })),
  );
  const snapshot = async () => {
    const rows = new Map<string, Set<string>>();
    for (const { name, rows: read } of calendars)
      for (const [table, keys] of await read()) rows.set(`${name} ${table}`, keys);
    return rows;
  };

  const history: Map<string, Set<string>>[] = [];
  const before: Map<string, Set<string>>[] = [];
  for (let month = 0; month < months; month++) {
    await work(services);
    before.push(await snapshot());
    for (const { pass } of calendars) await pass(daysEach);
    await runCleanUps();
    history.push(await snapshot());
  }
  const last = history.at(-1) as Map<string, Set<string>>;

  t.test('what is a record is all there', async (t) => {
    for (const [place, keys] of last) {
      const [name = '', table = ''] = place.split(' ');
      if (ruleOf(name, table)?.kind !== 'record') continue;
      for (const earlier of before)
        t.strictSame(
          [...(earlier.get(place) ?? [])].filter((key) => !keys.has(key)),
          [],
          place,
        );
    }
  });

  t.test('what is removed grew, and does not grow any more', async (t) => {
    for (const [place, keys] of last) {
      const [name = '', table = ''] = place.split(' ');
      const rule = ruleOf(name, table);
      if (rule?.kind !== 'removed' || (name === 'audit' && rule.section === 'audit')) continue;
      const first = before[0]?.get(place) ?? new Set();
      t.ok(first.size > 0, `${place} had rows from the first month`);
      t.strictSame(
        [...first].filter((key) => keys.has(key)),
        [],
        `${place}: they are gone`,
      );
      const sizes = history.map((rows) => rows.get(place)?.size ?? 0);
      t.ok(keys.size <= (sizes.at(-2) ?? 0), `${place} is bounded: ${sizes}`);
    }
  });

  t.test('what is bounded is in bounds', async (t) => {
    for (const [place, keys] of last) {
      const [name = '', table = ''] = place.split(' ');
      const rule = ruleOf(name, table);
      t.ok(rule, `${place} has a rule`);
      if (table === 'reorder_checks' || table === 'import_pieces' || table === 'relay_state')
        t.ok(keys.size <= months, `${place}: ${keys.size}`);
    }
  });

  t.test('of the audit the changes stay, and every place in the log is proven', async (t) => {
    const { audit } = services;
    const rows = await audit.query<{ entry_id: string; action: string | null; removed: boolean }>(
      `select l.entry_id, e.action, l.removed_at is not null as removed from leaves l left join entries e on e.id = l.entry_id
       where l.tenant_id = $1 order by l.sequence`,
      [audit.tenantId],
    );
    t.equal(rows.length, 3 * months);
    const action = 'inventory.item.update';
    t.equal(rows.filter((row) => row.action === action).length, months, 'all changes');
    const left = (wanted: string) => rows.filter((row) => row.action === wanted).length;
    t.equal(left('purchasing.bank-account.read'), 3, 'the reads of 90 days');
    t.equal(left('gateway.access.refused'), 12, 'the refusals of 366 days');
    t.equal(rows.filter(({ removed }) => removed).length, 2 * months - 15);
    for (const { entry_id } of [rows[0], rows[1], rows.at(-1)] as typeof rows)
      t.ok(await proofHolds(audit, entry_id));
    const checkpoints = last.get('audit checkpoints')?.size ?? 0;
    t.ok(checkpoints <= months + 3, `${checkpoints} checkpoints: one for each day long gone`);
  });

  t.test('partitions come and go', async (t) => {
    const partitions = async (name: (typeof serviceNames)[number], table: string) => {
      const rows = await services[name].query<{ name: string; rows: number }>(
        'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass',
        [table],
      );
      return rows.map((row) => row.name);
    };
    t.ok((await partitions('audit', 'inbox')).length <= 45);
    t.ok((await partitions('email-scanning', 'message_references')).length <= 45);
    for (const name of ['inbox_default', 'entries_default'])
      t.strictSame(await services.audit.query(`select 1 from ${name}`), [], `${name} is empty`);
  });
});

import { migrateQueues } from '@stockade/messaging';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createTestDatabase } from '@stockade/testing';
import t from 'tap';
import { migrations as gateway } from '../../gateway/src/migrations/index.ts';
import { migrations as audit } from '../../services/audit/src/migrations/index.ts';
import { migrations as emailScanning } from '../../services/email-scanning/src/migrations/index.ts';
import { migrations as identity } from '../../services/identity/src/migrations/index.ts';
import { migrations as inventory } from '../../services/inventory/src/migrations/index.ts';
import { migrations as purchasing } from '../../services/purchasing/src/migrations/index.ts';
import { kinds, readRetentionDocument } from './retention-document.ts';
import { housekeepingOf, serviceNames, startAllServices } from './year/all-services.ts';

const services = { identity, inventory, purchasing, 'email-scanning': emailScanning, audit };
const database = await createTestDatabase(
  t,
  [
    ...Object.entries(services).map(([service, migrations]) => ({
      service,
      migrations: withPlatform(migrations),
    })),
    { service: 'gateway', migrations: gateway },
  ],
  migrateQueues,
);
const kept = await readRetentionDocument();

t.test('every table of the database stands in docs/retention.md, once', async (t) => {
  const tables = await database.query<{ section: string; table: string }>(
    `select replace(n.nspname, '_', '-') as section, c.relname as table
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'public')`,
  );
  t.ok(tables.length > 100, `${tables.length} tables`);
  const everywhere = new Set(kept.filter(({ section }) => section === 'every').map(({ table }) => table));
  const own = (section: string, table: string) => section === 'bullmq' || !everywhere.has(table);
  t.strictSame(
    kept
      .filter(({ section }) => section !== 'every')
      .map(({ section, table }) => `${section}.${table}`)
      .sort(),
    tables
      .filter(({ section, table }) => own(section, table))
      .map(({ section, table }) => `${section}.${table}`)
      .sort(),
  );
  for (const table of everywhere)
    t.ok(
      tables.some((found) => found.table === table),
      `${table} is there`,
    );
});

t.test('each says what becomes of it', async (t) => {
  for (const { section, table, kind, removedBy } of kept) {
    t.ok(kinds.includes(kind), `${section}.${table} is of a kind: ${kind}`);
    t.equal(removedBy.length > 0, kind === 'removed', `${section}.${table}: ${removedBy}`);
  }
});

t.test('each clean-up stands there, and there is no other', async (t) => {
  const running = await startAllServices(t);
  const told = (section: string) => [
    ...new Set(kept.filter((one) => one.section === section).flatMap(({ removedBy }) => removedBy)),
  ];
  const everywhere = (await housekeepingOf(t, running.audit)).map(({ name }) => name);
  t.strictSame(told('every').sort(), everywhere.sort());
  for (const name of serviceNames)
    t.strictSame(told(name).sort(), running[name].cleanUps.map((cleanUp) => cleanUp.name).sort(), name);
});

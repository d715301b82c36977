import { featureFlagChanged } from '@stockade/contracts';
import { createDatabase, newId } from '@stockade/database';
import { consumer, processEvent } from '@stockade/messaging';
import fc from 'fast-check';
import { pino } from 'pino';
import t from 'tap';
import { copyFeatureFlags, type FlagTables, noTenant, readRules } from '../src/index.ts';
import { openFlagStore } from './database.ts';
import { says } from './samples.ts';

const store = await openFlagStore(t);
const { db, close } = createDatabase<FlagTables>({ url: store.url, applicationName: 'test', max: 4 });
t.teardown(close);
const flags = consumer('inventory', [copyFeatureFlags<FlagTables>()]);

interface Told {
  tenantId: string;
  flagKey: string;
  version: number;
  id: string;
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What a version says: every third takes the rule away. */
const said = (version: number) => (version % 3 === 0 ? null : says({ variant: names[version % 6] ?? null }));

const deliver = ({ tenantId, flagKey, version, id }: Told) =>
  processEvent(
    { db, log: pino({ level: 'silent' }), consumer: flags },
    {
      ...{ id, type: featureFlagChanged.type, tenantId, aggregateId: flagKey, aggregateVersion: version },
      ...{ occurredAt: new Date().toISOString(), requestId: null, traceparent: null },
      payload: {
        ...{ flagKey, scope: tenantId === noTenant ? 'platform' : 'tenant', pinned: null },
        ...{ byOperator: said(version), byTenant: tenantId === noTenant ? null : said(version + 1) },
      },
    },
  );

t.test('in whatever order and however often events come, the copies end with the newest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 5 }).chain((versions) =>
        fc.record({
          versions: fc.constant(versions + 1),
          order: fc.shuffledSubarray(
            // Each version twice: a second delivery.
            Array.from({ length: (versions + 1) * 2 }, (_, at) => at),
            { minLength: (versions + 1) * 2, maxLength: (versions + 1) * 2 },
          ),
          platform: fc.boolean(),
        }),
      ),
      async ({ versions, order, platform }) => {
        const tenantId = platform ? noTenant : newId();
        const suffix = [...newId().replaceAll('-', '').slice(-16)]
          .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
          .join('');
        const flagKey = `test.${suffix}`;
        const ids = Array.from({ length: versions }, () => newId());
        for (const at of order) {
          const version = (at % versions) + 1;
          await deliver({ tenantId, flagKey, version, id: ids[version - 1] as string });
        }
        const rules = (await readRules(db, tenantId, [flagKey])).get(flagKey);
        const decided = platform ? rules?.rollout : rules?.byOperator;
        const own = platform ? null : (rules?.byTenant ?? null);
        return (
          JSON.stringify(decided ?? null) === JSON.stringify(said(versions) && sorted(said(versions))) &&
          JSON.stringify(own) ===
            JSON.stringify(platform ? null : said(versions + 1) && sorted(said(versions + 1)))
        );
      },
    ),
    { numRuns: 30 },
  );
});

/** jsonb keeps the keys of an object by their length, then by their letters. */
function sorted(value: object | null) {
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(entries.sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
}

t.test('two deliveries at once leave the newest', async (t) => {
  const tenantId = newId();
  const told = [1, 2, 3, 4].map((version) => ({ tenantId, flagKey: 'test.race', version, id: newId() }));
  await Promise.all(told.map(deliver));
  const [row] = await store.query<{ version: number }>(
    'select version from feature_flags where tenant_id = $1',
    [tenantId],
  );
  t.equal(row?.version, 4);
});

t.test('a tenant’s copies are seen by nobody else', async (t) => {
  const tenantId = newId();
  await deliver({ tenantId, flagKey: 'test.private', version: 1, id: newId() });
  t.equal((await readRules(db, tenantId, ['test.private'])).size, 1);
  t.equal((await readRules(db, newId(), ['test.private'])).size, 0);
  t.equal((await readRules(db, noTenant, ['test.private'])).size, 0);
});

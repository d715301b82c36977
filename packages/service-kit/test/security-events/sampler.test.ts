import { platformTenantId } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { EventSampler, type Sighting } from '../../src/security-events/sampler.ts';

const refused = (network: string, tenantId = platformTenantId, at = 1_000): Sighting => ({
  ...{ type: 'gateway.credential.refused', tenantId, network, at },
});

/** How many of them were admitted one by one. */
const admitted = (sampler: EventSampler, sightings: Iterable<Sighting>) => {
  let singles = 0;
  for (const sighting of sightings) if (sampler.admit(sighting)) singles++;
  return singles;
};
const addresses = function* (count: number, tenantId?: string) {
  for (let n = 0; n < count; n++) yield refused(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, tenantId);
};
const counted = (summaries: { count: number }[]) => summaries.reduce((sum, { count }) => sum + count, 0);

t.test('the first of a source are told by themselves, the rest in one summary', async (t) => {
  const sampler = new EventSampler({ max: 200, perSource: 10 });
  const times = Array.from({ length: 25 }, (_, n) => refused('192.0.2.1', platformTenantId, 1_000 + n));
  t.equal(admitted(sampler, times), 10);
  t.strictSame(sampler.takeSummaries(), [
    {
      ...{ type: 'gateway.credential.refused', tenantId: platformTenantId, network: '192.0.2.1' },
      ...{ count: 15, firstAt: 1_010, lastAt: 1_024, late: false },
    },
  ]);
  t.strictSame(sampler.takeSummaries(), [], 'told once');
  t.ok(sampler.admit(refused('192.0.2.1')), 'a new window');
});

t.test('types, tenants and networks are counted apart', async (t) => {
  const sampler = new EventSampler({ max: 200, perSource: 1 });
  const [a, b] = [newId(), newId()];
  const sightings = [refused('192.0.2.1', a), refused('192.0.2.1', b), refused('192.0.2.2', a)];
  t.equal(admitted(sampler, [...sightings, ...sightings]), 3);
  const limit: Sighting = { ...refused('192.0.2.1', a), type: 'gateway.limit.exceeded' };
  t.ok(sampler.admit(limit));
  t.strictSame(
    sampler.takeSummaries().map(({ tenantId, network, count }) => [tenantId, network, count]),
    [
      [a, '192.0.2.1', 1],
      [b, '192.0.2.1', 1],
      [a, '192.0.2.2', 1],
    ],
  );
});

for (const max of [100, 200, 1_000])
  t.test(`20,000 from as many addresses stay below ${max}, and none is forgotten`, async (t) => {
    const sampler = new EventSampler({ max, perSource: 10 });
    const singles = admitted(sampler, addresses(20_000));
    const summaries = sampler.takeSummaries();
    t.ok(singles > 0);
    t.ok(singles + summaries.length <= max, `${singles} and ${summaries.length}`);
    t.equal(singles + counted(summaries), 20_000);
    t.ok(summaries.some(({ network }) => network === null));
  });

t.test('a flood of one tenant, or of the unknown, hides nothing of another tenant', async (t) => {
  const sampler = new EventSampler({ max: 200, perSource: 10 });
  const [flooding, quiet] = [newId(), newId()];
  admitted(sampler, addresses(5_000));
  admitted(sampler, addresses(5_000, flooding));
  t.equal(admitted(sampler, [refused('192.0.2.1', quiet), refused('192.0.2.2', quiet)]), 2);
  admitted(sampler, addresses(100, quiet));
  const summaries = sampler.takeSummaries();
  const of = (tenantId: string) => counted(summaries.filter((one) => one.tenantId === tenantId));
  t.equal(of(quiet) + 10, 102, 'and what is counted is counted for its tenant');
  t.ok(of(flooding) >= 4_950 && of(flooding) < 5_000);
});

t.test('many tenants at once: those beyond are counted for the platform', async (t) => {
  const sampler = new EventSampler({ max: 200, perSource: 10 });
  const all = Array.from({ length: 20_000 }, (_, n) => refused(`192.0.2.${n % 250}`, newId()));
  const singles = admitted(sampler, all);
  const summaries = sampler.takeSummaries();
  t.ok(singles + summaries.length <= 200);
  t.equal(singles + counted(summaries), 20_000);
  const overflow = summaries.filter(({ tenantId }) => tenantId === platformTenantId);
  t.match(overflow, [{ network: null, count: Number }]);
  t.equal(overflow.length, 1);
});

t.test('what was lost is told late, by type', async (t) => {
  const sampler = new EventSampler({ max: 200, perSource: 10 });
  const lost = { type: 'gateway.credential.refused', count: 7, firstAt: 5, lastAt: 9 } as const;
  sampler.addLost(lost);
  sampler.addLost({ ...lost, count: 1, firstAt: 2, lastAt: 3 });
  t.strictSame(sampler.takeSummaries(), [
    { ...lost, tenantId: platformTenantId, network: null, count: 8, firstAt: 2, lastAt: 9, late: true },
  ]);
});

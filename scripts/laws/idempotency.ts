import { countOf, type Law } from './law.ts';

const services = ['identity', 'inventory', 'purchasing', 'email_scanning', 'audit'] as const;

/** Each tenant's, each principal's key has one row, and no effect is the answer of two keys. */
const checkOf = (schema: string) => ({
  of: `idempotency keys of ${schema}`,
  count: countOf(`${schema}.idempotency_keys`),
  broken: `
    select tenant_id, principal_id, 'key ' || key as broken, count(*) as times
    from ${schema}.idempotency_keys group by 1, 2, 3 having count(*) > 1
    union all
    select tenant_id, principal_id, 'effect ' || made as broken, count(*)
    from (
      select tenant_id, principal_id, body->>'id' as made from ${schema}.idempotency_keys
      where status = 201 and body ? 'id'
      union all
      select tenant_id, principal_id, m->>'id' from ${schema}.idempotency_keys k
      cross join lateral jsonb_array_elements(case when jsonb_typeof(k.body->'movements') = 'array' then k.body->'movements' else '[]' end) m
      where k.status = 201
    ) e group by 1, 2, 3 having count(*) > 1`,
});

export const idempotencyLaws: readonly Law[] = [
  {
    number: 8,
    title: 'An idempotency key has at most one effect',
    checks: [
      ...services.map(checkOf),
      {
        of: 'movements that keys answered with',
        count: countOf('inventory.idempotency_keys', "status = 201 and body ? 'sequence'"),
        broken: `
          select k.tenant_id, k.key, k.body->>'id' as movement_id from inventory.idempotency_keys k
          where k.status = 201 and k.body ? 'sequence' and not exists (
            select from inventory.movements m where m.tenant_id = k.tenant_id and m.id = (k.body->>'id')::uuid)`,
      },
    ],
  },
];

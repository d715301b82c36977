import { countOf, type Law } from './law.ts';

export const makingLaws: readonly Law[] = [
  {
    number: 5,
    title: 'Production consumed and produced what the ledger says; an order completes once',
    checks: [
      {
        of: 'production lines',
        count: countOf('inventory.production_lines'),
        broken: `
          select l.tenant_id, l.id as line_id, l.consumed, m.quantity as posted
          from inventory.production_lines l
          left join (
            select m.tenant_id, split_part(m.source, ' ', 2)::uuid as line_id,
              sum(m.quantity + coalesce(r.quantity, 0)) as quantity
            from inventory.movements m
            left join inventory.movements r on (r.tenant_id, r.reverses_id) = (m.tenant_id, m.id)
            where m.type = 'CONSUME' and m.source like 'production %' group by 1, 2
          ) m on (m.tenant_id, m.line_id) = (l.tenant_id, l.id)
          where l.consumed <> coalesce(m.quantity, 0)`,
      },
      {
        of: 'production orders',
        count: countOf('inventory.production_orders'),
        broken: `
          select o.tenant_id, o.id as production_order_id, o.status, o.produced, m.quantity as posted, m.movements
          from inventory.production_orders o
          left join (
            select m.tenant_id, split_part(m.source, ' ', 2)::uuid as order_id, count(*) as movements, sum(m.quantity) as quantity
            from inventory.movements m where m.type = 'PRODUCE' and m.source like 'production % output' group by 1, 2
          ) m on (m.tenant_id, m.order_id) = (o.tenant_id, o.id)
          where o.produced <> coalesce(m.quantity, 0) or coalesce(m.movements, 0) <> (o.status = 'completed')::int`,
      },
    ],
  },
  {
    number: 6,
    title: 'A count posts one adjustment for each variance, approved by nobody who counted',
    checks: [
      {
        of: 'cycle counts',
        count: countOf('inventory.cycle_counts'),
        broken: `
          select tenant_id, id as cycle_count_id, decided_by_person from inventory.cycle_counts
          where status = 'approved' and (decided_by_person is null or decided_by_person = any (counters))`,
      },
      {
        of: 'lines of counts',
        count: countOf('inventory.cycle_count_lines'),
        broken: `
          select l.tenant_id, l.id as line_id, l.counted, l.expected, m.movements, m.quantity
          from inventory.cycle_count_lines l
          join inventory.cycle_counts c on (c.tenant_id, c.id) = (l.tenant_id, l.cycle_count_id)
          left join (
            select tenant_id, split_part(source, ' ', 3)::uuid as line_id, count(*) as movements, sum(quantity) as quantity
            from inventory.movements where type = 'COUNT' and reverses_id is null group by 1, 2
          ) m on (m.tenant_id, m.line_id) = (l.tenant_id, l.id)
          where case when c.status = 'approved'
            then coalesce(m.quantity, 0) is distinct from l.counted - l.expected
              or coalesce(m.movements, 0) is distinct from (l.counted <> l.expected)::int::bigint
            else m.movements is not null end`,
      },
    ],
  },
];

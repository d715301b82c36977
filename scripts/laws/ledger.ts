import { countOf, type Law } from './law.ts';

const nil = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** What each movement does to which place, reckoned from the movements alone. */
const rebuilt = `
  select m.tenant_id, m.id as movement_id, e.line, m.item_id, e.site_id,
    coalesce(e.location_id, ${nil}) as location_id, coalesce(m.lot_id, ${nil}) as lot_id, e.quantity
  from inventory.movements m
  cross join lateral (
    select 0 as line, m.site_id, m.location_id,
      case when m.type in ('RECEIVE', 'PRODUCE', 'ADJUST', 'COUNT') then m.quantity else -m.quantity end as quantity
    where m.type <> 'TRANSFER'
    union all select 0, m.site_id, m.location_id, case when m.leg = 'back' then m.quantity else -m.quantity end
    where m.type = 'TRANSFER' and m.leg is distinct from 'in'
    union all select case when m.leg = 'in' then 0 else 1 end, coalesce(m.to_site_id, m.site_id), m.to_location_id, m.quantity
    where m.type = 'TRANSFER' and (m.leg is null or m.leg = 'in')
  ) e`;

export const ledgerLaws: readonly Law[] = [
  {
    number: 1,
    title: 'The ledger adds up to every balance, and rebuilding it from the movements gives the same rows',
    checks: [
      {
        of: 'balances',
        count: countOf('inventory.balances'),
        broken: `
          select b.tenant_id, b.id as balance_id, b.on_hand, b.position, e.total, e.entries
          from inventory.balances b
          left join (
            select tenant_id, balance_id, sum(quantity) as total, count(*) as entries, max(position) as last,
              (array_agg(on_hand order by position desc))[1] as on_hand
            from inventory.ledger_entries group by 1, 2
          ) e on (e.tenant_id, e.balance_id) = (b.tenant_id, b.id)
          where b.on_hand <> coalesce(e.total, 0) or b.on_hand <> coalesce(e.on_hand, 0)
            or b.position <> coalesce(e.entries, 0) or b.position <> coalesce(e.last, 0)`,
      },
      {
        of: 'ledger entries (running balance)',
        count: countOf('inventory.ledger_entries'),
        broken: `
          select tenant_id, balance_id, position, on_hand, running from (
            select tenant_id, balance_id, position, on_hand,
              sum(quantity) over (partition by tenant_id, balance_id order by position) as running
            from inventory.ledger_entries) e
          where on_hand <> running`,
      },
      {
        of: 'entries rebuilt from the movements',
        count: countOf('inventory.movements'),
        broken: `
          select coalesce(r.tenant_id, e.tenant_id) as tenant_id, coalesce(r.movement_id, e.movement_id) as movement_id,
            coalesce(r.line, e.line) as line, r.quantity as rebuilt, e.quantity as posted
          from (${rebuilt}) r
          full join (
            select l.tenant_id, l.movement_id, l.line::int as line, b.item_id, b.site_id, b.location_id, b.lot_id, l.quantity
            from inventory.ledger_entries l
            left join inventory.balances b on (b.tenant_id, b.id) = (l.tenant_id, l.balance_id)
          ) e on (e.tenant_id, e.movement_id, e.line) = (r.tenant_id, r.movement_id, r.line)
          where (r.item_id, r.site_id, r.location_id, r.lot_id, r.quantity)
            is distinct from (e.item_id, e.site_id, e.location_id, e.lot_id, e.quantity)`,
      },
    ],
  },
  {
    number: 2,
    title: 'What a transfer dispatched was received, lost, returned or is in transit',
    checks: [
      {
        of: 'transfer lines',
        count: countOf('inventory.transfer_lines'),
        broken: `
          select l.tenant_id, l.id as line_id, l.dispatched, l.received, l.lost, l.returned, m.*
          from inventory.transfer_lines l
          join inventory.transfers t on (t.tenant_id, t.id) = (l.tenant_id, l.transfer_id)
          left join (
            select tenant_id as of_tenant, split_part(source, ' ', 2)::uuid as of_line,
              sum(quantity) filter (where leg = 'out') as sent, sum(quantity) filter (where leg = 'in') as arrived,
              sum(quantity) filter (where leg = 'back') as came_back
            from inventory.movements where leg is not null group by 1, 2
          ) m on (m.of_tenant, m.of_line) = (l.tenant_id, l.id)
          where l.dispatched <> coalesce(m.sent, 0) or l.received <> coalesce(m.arrived, 0)
            or l.returned <> coalesce(m.came_back, 0) or l.received + l.lost + l.returned > l.dispatched
            or (t.status in ('received', 'cancelled') and l.received + l.lost + l.returned <> l.dispatched)
            or (t.status = 'draft' and l.dispatched <> 0)`,
      },
    ],
  },
  {
    number: 3,
    title: 'Stock is not below zero or what is reserved, and what is reserved is what open reservations hold',
    checks: [
      {
        of: 'balances',
        count: countOf('inventory.balances'),
        broken: `
          select b.tenant_id, b.id as balance_id, b.on_hand, b.reserved, b.allow_negative, r.held
          from inventory.balances b
          join inventory.items i on (i.tenant_id, i.id) = (b.tenant_id, b.item_id)
          left join (
            select a.tenant_id, a.balance_id, sum(a.quantity) as held
            from inventory.reservation_allocations a
            join inventory.reservations r on (r.tenant_id, r.id) = (a.tenant_id, a.reservation_id)
            where r.status = 'open' group by 1, 2
          ) r on (r.tenant_id, r.balance_id) = (b.tenant_id, b.id)
          where b.allow_negative <> i.allow_negative or b.reserved < 0 or b.reserved <> coalesce(r.held, 0)
            or (not b.allow_negative and (b.on_hand < 0 or b.reserved > b.on_hand))`,
      },
      {
        of: 'reservations',
        count: countOf('inventory.reservations'),
        broken: `
          select r.tenant_id, r.id as reservation_id, r.status, r.quantity, r.consumed, a.held
          from inventory.reservations r
          left join (
            select tenant_id, reservation_id, sum(quantity) as held from inventory.reservation_allocations group by 1, 2
          ) a on (a.tenant_id, a.reservation_id) = (r.tenant_id, r.id)
          where coalesce(a.held, 0) <> case when r.status = 'open' then r.quantity - r.consumed else 0 end
            or (r.status = 'consumed') <> (r.consumed = r.quantity)`,
      },
    ],
  },
];

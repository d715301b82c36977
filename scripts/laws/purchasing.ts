import { countOf, type Law } from './law.ts';

export const purchasingLaws: readonly Law[] = [
  {
    number: 4,
    title:
      'No more is received than was ordered and tolerated; a posted receipt is in the ledger exactly once',
    checks: [
      {
        of: 'order lines',
        count: countOf('purchasing.purchase_order_lines'),
        broken: `
          select l.tenant_id, l.id as line_id, l.quantity, l.receivable, l.received, l.going_back, r.arrived, r.leaving
          from purchasing.purchase_order_lines l
          left join (
            select rl.tenant_id, rl.order_line_id, sum(rl.quantity) filter (where r.status <> 'reversed') as arrived,
              sum(rl.quantity) filter (where r.status = 'reversing') as leaving
            from purchasing.receipt_lines rl
            join purchasing.receipts r on (r.tenant_id, r.id) = (rl.tenant_id, rl.receipt_id) group by 1, 2
          ) r on (r.tenant_id, r.order_line_id) = (l.tenant_id, l.id)
          where l.received > l.receivable or l.received <> coalesce(r.arrived, 0) or l.going_back <> coalesce(r.leaving, 0)`,
      },
      {
        of: 'receipt lines in the ledger',
        count: countOf('purchasing.receipt_lines'),
        broken: `
          select coalesce(rl.tenant_id, m.tenant_id) as tenant_id, coalesce(rl.id, m.line_id) as line_id, r.status,
            r.stock_posting, rl.quantity, m.movements, m.posted, m.reversed, m.taken_back
          from purchasing.receipt_lines rl
          join purchasing.receipts r on (r.tenant_id, r.id) = (rl.tenant_id, rl.receipt_id)
          full join (
            select m.tenant_id, split_part(m.source, ' ', 3)::uuid as line_id, count(distinct m.id) as movements,
              sum(m.quantity) as posted, count(v.id) as reversed, sum(v.quantity) as taken_back
            from inventory.movements m
            left join inventory.movements v on (v.tenant_id, v.reverses_id) = (m.tenant_id, m.id)
            where m.source like 'receipt-line %' group by 1, 2
          ) m on (m.tenant_id, m.line_id) = (rl.tenant_id, rl.id)
          where rl.id is null or coalesce(m.movements, 0) > 1 or (m.movements = 1 and m.posted <> rl.quantity)
            or (r.stock_posting = 'posted' and coalesce(m.movements, 0) <> 1)
            or (r.status = 'reversed' and (coalesce(m.reversed, 0) <> 1 or m.taken_back <> -rl.quantity))
            or (r.status = 'received' and coalesce(m.reversed, 0) <> 0)`,
      },
    ],
  },
  {
    number: 7,
    title: 'An invoice is there once, not beyond what was received, and none is approved on hold',
    checks: [
      {
        of: 'invoices',
        count: countOf('purchasing.invoices'),
        broken: `
          select tenant_id, supplier_id, normalized_number, count(*) as invoices
          from purchasing.invoices where status <> 'cancelled' group by 1, 2, 3 having count(*) > 1`,
      },
      {
        of: 'invoiced order lines',
        count: countOf('purchasing.purchase_order_lines', 'invoiced > 0'),
        broken: `
          select l.tenant_id, l.id as line_id, l.received, l.invoiced, l.invoiceable_slack, l.accepted_excess, i.invoiced as approved
          from purchasing.purchase_order_lines l
          left join (
            select il.tenant_id, il.order_line_id, sum(il.quantity) as invoiced
            from purchasing.invoice_lines il
            join purchasing.invoices i on (i.tenant_id, i.id) = (il.tenant_id, il.invoice_id)
            where i.status = 'approved' group by 1, 2
          ) i on (i.tenant_id, i.order_line_id) = (l.tenant_id, l.id)
          where l.invoiced <> coalesce(i.invoiced, 0)
            or l.invoiced > (l.received - l.going_back) * (1 + l.invoiceable_slack) + l.accepted_excess
            or (l.accepted_excess > 0 and not exists (
              select from purchasing.invoice_lines il
              join purchasing.invoices i on (i.tenant_id, i.id) = (il.tenant_id, il.invoice_id)
              where (il.tenant_id, il.order_line_id) = (l.tenant_id, l.id) and i.status = 'approved' and i.acceptance_reason is not null))`,
      },
      {
        of: 'approved invoices',
        count: countOf('purchasing.invoices', "status = 'approved'"),
        broken: `
          select i.tenant_id, i.id as invoice_id, h.id as hold_id, i.approved_at, h.created_at, h.released_at
          from purchasing.invoices i
          join purchasing.payment_holds h on h.tenant_id = i.tenant_id
            and (h.invoice_id = i.id or h.purchase_order_id = i.purchase_order_id)
          where i.status = 'approved' and h.placed_at < i.approved_at
            and (h.released_at is null or h.released_at > i.approved_at)
          union all
          select tenant_id, id, null, approved_at, null, null from purchasing.invoices
          where approved_by_person = created_by_person`,
      },
    ],
  },
];

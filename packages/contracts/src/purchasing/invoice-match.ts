import { type Static, Type } from 'typebox';
import { Decimal, Id, Nullable, OneOf } from '../scalars.ts';

export const differenceKinds = ['no_order', 'not_ordered', 'not_received', 'quantity', 'price'] as const;

const LineNumber = Type.Integer({ minimum: 1, description: 'Counted from 1, as on the invoice.' });

/** Order, goods and invoice side by side (the three-way match), and what does not agree. */
export const InvoiceMatch = Type.Object(
  {
    invoiceId: Id,
    purchaseOrderId: Nullable(Id),
    status: OneOf(['matched', 'differences'] as const),
    priceTolerance: Decimal,
    quantityTolerance: Decimal,
    lines: Type.Array(
      Type.Object({
        line: LineNumber,
        invoiceLineId: Id,
        purchaseOrderLineId: Nullable(Id),
        itemId: Nullable(Id),
        ordered: Nullable(Decimal),
        received: Nullable(Decimal),
        invoicedBefore: Nullable(
          Type.String({
            description:
              'On approved invoices, on open ones that were entered earlier, and on lines above in this one.',
          }),
        ),
        invoiced: Decimal,
        orderPrice: Nullable(Decimal),
        invoicePrice: Decimal,
      }),
    ),
    differences: Type.Array(
      Type.Object({
        line: Nullable(LineNumber),
        kind: OneOf(differenceKinds),
        expected: Nullable(
          Type.String({
            description: 'The order’s price, or the most that may be invoiced, tolerance included.',
          }),
        ),
        actual: Nullable(Type.String()),
        message: Type.String(),
      }),
    ),
  },
  { $id: 'InvoiceMatch' },
);
export type InvoiceMatch = Static<typeof InvoiceMatch>;

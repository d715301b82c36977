import { type Static, Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Decimal, Nullable, Strict, Timestamp } from '../scalars.ts';

/** A share from 0 to 1: 0.05 is 5 %. */
const Share = Type.String({
  pattern: '^(0(\\.[0-9]{1,6})?|1(\\.0{1,6})?)$',
  examples: ['0.05'],
});

const fields = {
  /** Above it an order needs two approvals; in the order's own currency. */
  approvalThreshold: Decimal,
  /** How much more than was ordered may arrive. It counts for orders made from now on. */
  receiptTolerance: Share,
  /** How far an invoice's unit price may be from the order's, up or down. */
  priceTolerance: Share,
  /** How much more than was received may be invoiced. */
  quantityTolerance: Share,
};

/** How a tenant buys. Until it is changed, the threshold is 10,000 and no tolerance is allowed. */
export const PurchasingSettings = Type.Object(
  { ...fields, version: Type.Integer({ minimum: 1 }), updatedAt: Nullable(Timestamp) },
  { $id: 'PurchasingSettings' },
);
export type PurchasingSettings = Static<typeof PurchasingSettings>;

export const UpdateSettingsBody = Strict(
  {
    approvalThreshold: Type.Optional(fields.approvalThreshold),
    receiptTolerance: Type.Optional(fields.receiptTolerance),
    priceTolerance: Type.Optional(fields.priceTolerance),
    quantityTolerance: Type.Optional(fields.quantityTolerance),
  },
  { minProperties: 1 },
);

export const getSettings = defineOperation({
  id: 'getSettings',
  keptFor: 'tenant',
  service: 'purchasing',
  method: 'GET',
  path: '/v1/purchasing/settings',
  summary: 'Read the approval threshold and tolerances',
  access: 'purchasing:read',
  tier: 'READ',
  responses: { 200: PurchasingSettings },
});

export const updateSettings = defineOperation({
  id: 'updateSettings',
  service: 'purchasing',
  method: 'PUT',
  path: '/v1/purchasing/settings',
  summary: 'Set the approval threshold and tolerances',
  description: 'What is left out stays as it is.',
  access: 'purchasing:approve',
  tier: 'WRITE',
  body: UpdateSettingsBody,
  responses: { 200: PurchasingSettings },
});

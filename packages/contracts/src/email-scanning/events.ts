import { Type } from 'typebox';
import { defineEvent } from '../event.ts';
import { Id, Nullable, OneOf } from '../scalars.ts';

/** A message is stored and waits for its scan; consumed by the scanner itself, so that accepting stays fast. */
export const messageAccepted = defineEvent(
  'email-scanning.message-accepted.v1',
  Type.Object({ messageId: Id }),
);

/** A scanned message is to be scanned again: something new is known that concerns it, or a person asked for it. */
export const rescanRequested = defineEvent(
  'email-scanning.rescan-requested.v1',
  Type.Object({ messageId: Id, reason: OneOf(['feed', 'person'] as const) }),
);

/** A mail tries to redirect or fake a payment: purchasing holds the orders named, or all open ones of the supplier. */
export const fraudDetected = defineEvent(
  'email-scanning.fraud-detected.v1',
  Type.Object({
    messageId: Id,
    supplierId: Nullable(Id),
    purchaseOrderIds: Type.Array(Id),
    reason: Type.String(),
    score: Type.Integer({ minimum: 0, maximum: 100 }),
    findings: Type.Array(Type.Object({ technique: Type.String(), explanation: Type.String() })),
  }),
);

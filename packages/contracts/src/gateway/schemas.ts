import { Type } from 'typebox';
import { services } from '../principal.ts';
import { OneOf } from '../scalars.ts';

const Status = OneOf(['ok', 'degraded', 'down'] as const);
const Check = Type.Object({ status: Status, details: Type.Optional(Type.Unknown()) });

/** How Stockade is, part by part. */
export const DetailedHealth = Type.Object({
  status: Status,
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  version: Type.String(),
  uptimeSeconds: Type.Integer(),
  checks: Type.Record(Type.String(), Check),
});

export const BreakerList = Type.Object({
  data: Type.Array(
    Type.Object({ service: OneOf(services), state: OneOf(['closed', 'half-open', 'open'] as const) }),
  ),
});

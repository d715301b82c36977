import type { Operation } from '../operation.ts';

/** What an operation says of itself; the rest follows from its kind, unless it says that too. */
type Given = Pick<Operation, 'id' | 'path' | 'summary' | 'responses'> & Partial<Operation>;

const kind =
  <const K extends Pick<Operation, 'method' | 'access' | 'tier'>>(defaults: K) =>
  <const O extends Given>(operation: O) => {
    const whole = { service: 'inventory' as const, ...defaults, ...operation };
    return whole as unknown as { readonly service: 'inventory' } & Omit<K, keyof O> & O;
  };

/** Reads of inventory. */
export const reads = kind({ method: 'GET', access: 'inventory:read', tier: 'READ' });
/** Additions and steps: POST unless told. */
export const changes = kind({ method: 'POST', access: 'inventory:write', tier: 'WRITE' });
/** Decisions on what somebody else did. */
export const decides = kind({ method: 'POST', access: 'inventory:approve', tier: 'WRITE' });

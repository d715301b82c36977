import type { FlagTargeting } from '@stockade/contracts/identity';
import { defineFlag } from '../src/index.ts';

const shared = { owner: 'inventory', since: '2026-01-01', tenantMayChange: true } as const;

/** A flag of each type. */
export const flags = {
  'test.boolean': defineFlag({
    ...{ ...shared, description: 'Yes or no' },
    variants: { on: true, off: false },
    defaultVariant: 'off',
  }),
  'test.string': defineFlag({
    ...{ ...shared, description: 'Which' },
    variants: { a: 'first', b: 'second', c: 'third' },
    defaultVariant: 'a',
  }),
  'test.number': defineFlag({
    ...{ ...shared, description: 'How many' },
    variants: { few: 3, many: 40 },
    defaultVariant: 'few',
  }),
  'test.object': defineFlag({
    ...{ ...shared, description: 'All of it' },
    variants: { small: { rows: 1, wide: false }, large: { rows: 9, wide: true } },
    defaultVariant: 'small',
  }),
} as const;

export const says = (what: Partial<FlagTargeting>): FlagTargeting => ({
  ...{ variant: null, split: null, users: [] },
  ...what,
});

import { type Static, Type } from 'typebox';
import { Id, Nullable, OneOf, Strict } from '../scalars.ts';

/** `context.what-it-is`, as the catalogue in packages/feature-flags names it. */
export const FlagKey = Type.String({
  pattern: '^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$',
  maxLength: 64,
  examples: ['purchasing.automatic-draft-orders'],
});

export const FlagVariant = Type.String({
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 32,
  examples: ['on'],
});

export const maxFlagUsers = 200;

/**
 * Shares of those who ask, by a hash of the flag and of who they are: the same for ever, wherever it is asked. The shares lie one
 * after the other; whoever is beyond them gets none of these variants.
 */
export const FlagSplit = Strict({
  by: OneOf(['user', 'tenant'] as const),
  shares: Type.Array(Strict({ variant: FlagVariant, percent: Type.Number({ minimum: 0, maximum: 100 }) }), {
    minItems: 1,
    maxItems: 20,
  }),
});
export type FlagSplit = Static<typeof FlagSplit>;

export const FlagUsers = Type.Array(Strict({ userId: Id, variant: FlagVariant }), { maxItems: maxFlagUsers });

/** Who gets which variant: the users named, else the split, else all. What says nothing leaves it to the next rule. */
export const FlagTargeting = Type.Object({
  variant: Nullable(FlagVariant),
  split: Nullable(FlagSplit),
  users: FlagUsers,
});
export type FlagTargeting = Static<typeof FlagTargeting>;

import type { JsonValue } from '@openfeature/server-sdk';
import type { ServiceName } from '@stockade/contracts';

/** What a flag can be worth. */
export type FlagValue = boolean | string | number | { [key: string]: JsonValue };
export type FlagType = 'boolean' | 'string' | 'number' | 'object';

/** A flag as the code knows it. The code is the one source of what a flag can be; what is stored only says who gets which variant. */
export interface FlagDefinition<V extends FlagValue = FlagValue> {
  /** What changes, for whoever decides about it. */
  readonly description: string;
  /** The service that asks for it. */
  readonly owner: ServiceName;
  /** The day on which it came into the code: `2026-11-29`. */
  readonly since: string;
  /** Whether a tenant's owner or admin may decide for the tenant and its users. */
  readonly tenantMayChange: boolean;
  /** Values of one type, by name. */
  readonly variants: Readonly<Record<string, V>>;
  /** What is so when nobody says anything, and when nobody can be asked: today's behaviour. */
  readonly defaultVariant: string;
}

export type Catalogue = Readonly<Record<string, FlagDefinition>>;

/** Keeps the types of a flag's values, and has its default be one of its variants. */
export function defineFlag<const V extends FlagValue, const N extends string>(
  flag: Omit<FlagDefinition<V>, 'variants' | 'defaultVariant'> & {
    readonly variants: Readonly<Record<N, V>>;
    readonly defaultVariant: NoInfer<N>;
  },
): FlagDefinition<V> {
  return flag;
}

/** The flag of that name. A catalogue is written by us, but keys come from outside: `constructor` is no flag. */
export const findFlag = (catalogue: Catalogue, key: string): FlagDefinition | undefined =>
  Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;

export const hasVariant = ({ variants }: FlagDefinition, name: string): boolean =>
  Object.hasOwn(variants, name);

export const variantValue = ({ variants }: FlagDefinition, name: string): FlagValue =>
  variants[name] as FlagValue;

export const typeOfFlag = (flag: FlagDefinition): FlagType =>
  typeof variantValue(flag, flag.defaultVariant) as FlagType;

import type { FeatureFlag } from '@stockade/contracts/identity';
import {
  type Catalogue,
  catalogue,
  type FlagDefinition,
  findFlag,
  typeOfFlag,
} from '@stockade/feature-flags';
import { errors, type ListQuery, pageLimit } from '@stockade/service-kit';

const all: Catalogue = catalogue;

export interface Known {
  key: string;
  flag: FlagDefinition;
}

/** 404 for what is not in the catalogue, stored or not. */
export function getKnown(key: string): Known {
  const flag = findFlag(all, key);
  if (!flag) throw errors.notFound('Feature flag', key);
  return { key, flag };
}

export const known: readonly Known[] = Object.keys(all)
  .sort()
  .map((key) => getKnown(key));

export const describe = ({ key, flag }: Known) => ({
  key,
  type: typeOfFlag(flag),
  description: flag.description,
  owner: flag.owner,
  since: flag.since,
  variants: flag.variants as FeatureFlag['variants'],
  defaultVariant: flag.defaultVariant,
  tenantMayChange: flag.tenantMayChange,
});

/** The key that a cursor stands for: the last one shown. */
function cursorKey({ cursor }: ListQuery): string {
  const key = Buffer.from(cursor ?? '', 'base64url').toString('utf8');
  if (cursor !== undefined && !findFlag(all, key))
    throw errors.validation([{ path: '/cursor', message: 'is not a cursor of this list' }]);
  return key;
}

/** A page of what is listed by its keys. */
export function pageByKey<T extends { key: string }>(rows: readonly T[], query: ListQuery) {
  const after = cursorKey(query);
  const rest = rows.filter(({ key }) => key > after);
  const data = rest.slice(0, pageLimit(query));
  const last = rest.length > data.length ? data.at(-1) : undefined;
  return { data, nextCursor: last ? Buffer.from(last.key).toString('base64url') : null };
}

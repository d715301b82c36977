import type { Test } from 'tap';

/** As many as wanted, each with at least the fields that are wanted of it: tap's own comparison lets a list go on. */
export function listHas(t: Test, found: readonly unknown[], wanted: readonly object[], what = ''): void {
  t.hasStrict(found, wanted, what);
  t.equal(found.length, wanted.length, `${what} and no more`);
}

import type pg from 'pg';
import { idempotencyLaws } from './idempotency.ts';
import type { Check, Law } from './law.ts';
import { ledgerLaws } from './ledger.ts';
import { mailLaws } from './mail.ts';
import { makingLaws } from './making.ts';
import { purchasingLaws } from './purchasing.ts';

/** In the order of their numbers. */
export const laws: readonly Law[] = [
  ...ledgerLaws,
  ...purchasingLaws,
  ...makingLaws,
  ...idempotencyLaws,
  ...mailLaws,
].sort((a, b) => a.number - b.number);

type Row = Record<string, unknown>;

export interface Found {
  check: Check;
  rows: number;
  /** The first that break it. */
  broken: Row[];
}

export interface Verdict {
  law: Law;
  rows: number;
  found: Found[];
  holds: boolean;
}

const shown = 10;

async function look(client: pg.ClientBase, check: Check): Promise<Found> {
  const counted = await client.query(check.count);
  const { rows: broken } = await client.query(`select * from (${check.broken}) broken limit ${shown}`);
  return { check, rows: Number(counted.rows[0].rows), broken };
}

/**
 * Checks the laws one after the other, on what the client's transaction sees; for one moment of all services give it a
 * repeatable-read transaction. The role has to see every tenant: a superuser, or one with BYPASSRLS.
 */
export async function* checkLaws(
  client: pg.ClientBase,
  which: readonly Law[] = laws,
): AsyncGenerator<Verdict> {
  for (const law of which) {
    const found: Found[] = [];
    for (const check of law.checks) found.push(await look(client, check));
    const rows = found.reduce((sum, one) => sum + one.rows, 0);
    yield { law, rows, found, holds: found.every((one) => one.broken.length === 0) };
  }
}

import type { Service } from '@stockade/service-kit';
import { consistencyRanges } from '@stockade/transparency-log';
import type { AuditDb } from '../tables.ts';
import type { TileCache } from '../tiles/cache.ts';
import { hashRanges } from '../tiles/hashes.ts';
import { addCheckpoint, type WitnessAnswer, WitnessUnavailable } from './client.ts';
import * as queries from './queries.ts';
import type { Witness } from './settings.ts';

const pageSize = 100;
const beforeAll = '00000000-0000-0000-0000-000000000000';
/** A log that a witness refuses is not shown to it again for so long: it may not know this log at all. */
const refusedForMs = 600_000;

type Parts = Pick<Service<AuditDb>, 'systemDb' | 'log'> & { tiles: TileCache; timeoutMs: number };

export type WitnessRounds = (parts: Parts, signal: AbortSignal) => Promise<void>;

/**
 * Rounds in which each witness is asked to sign the latest checkpoint of every log that has a newer one than it signed. They
 * run beside the signing, so that no witness ever delays a checkpoint; one that cannot be asked ends its own round alone.
 * Replicas may do it at once: a witness signs the same checkpoint as often as it is asked.
 */
export function createWitnessRounds(witnesses: readonly Witness[]): WitnessRounds {
  const askers = witnesses.map(createAsker);
  return async (parts, signal) => {
    const rounds = await Promise.allSettled(askers.map((ask) => ask(parts, signal)));
    for (const round of rounds) if (round.status === 'rejected') throw round.reason;
  };
}

function createAsker(witness: Witness): WitnessRounds {
  const { name } = witness;
  const refused = new Map<string, number>();
  let isAway = false;
  return async (parts, signal) => {
    const { systemDb, log } = parts;
    try {
      for (let after = beforeAll, full = true; full && !signal.aborted; ) {
        const logs = await queries.listUnwitnessed(systemDb, name, after, pageSize);
        for (const entry of logs) {
          const { tenantId } = entry;
          if ((refused.get(tenantId) ?? 0) > Date.now()) continue;
          refused.delete(tenantId);
          const reason = await cosign(parts, witness, entry, signal);
          if (isAway) log.info({ witness: name }, 'A witness signs again');
          isAway = false;
          if (reason === null) continue;
          refused.set(tenantId, Date.now() + refusedForMs);
          log.warn({ witness: name, tenantId, reason }, 'A witness does not sign a checkpoint');
        }
        full = logs.length === pageSize;
        after = logs.at(-1)?.tenantId ?? after;
      }
    } catch (error) {
      if (!(error instanceof WitnessUnavailable)) throw error;
      if (!isAway && !signal.aborted)
        log.warn({ witness: name, reason: error.message }, 'A witness cannot be asked; it is tried again');
      isAway = true;
    }
  };
}

/** Gives why it was not signed, or null. */
async function cosign(
  { systemDb, tiles, timeoutMs }: Parts,
  witness: Witness,
  { tenantId, size, checkpoint, old }: queries.Unwitnessed,
  signal: AbortSignal,
): Promise<string | null> {
  const ask = async (from: number) => {
    const ranges = from === 0 ? [] : consistencyRanges(from, size);
    const proof = await hashRanges(systemDb, tenantId, ranges, tiles);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return addCheckpoint(witness, { old: from, proof, checkpoint }, limit);
  };
  let answer: WitnessAnswer = await ask(old);
  // It signed one that we do not know of (a death between its answer and our commit): it is asked from there on.
  if (answer.kind === 'conflict' && answer.size !== old && answer.size <= size)
    answer = await ask(answer.size);
  if (answer.kind === 'conflict') return `It knows the log at ${answer.size}, we showed it at ${size}`;
  if (answer.kind === 'refused') return answer.reason;
  await queries.insertCosignature(systemDb, { tenantId, size, witness: witness.name, line: answer.line });
  return null;
}

import {
  formatLine,
  type NodeId,
  nodesOfEntry,
  nodesOfGap,
  type Range,
  writeEntry,
  writeGap,
} from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';
import { findNodes } from './nodes.ts';
import type { Row, SignedCheckpoint } from './window.ts';

type Piece =
  | { kind: 'entry'; row: Row }
  | { kind: 'absent'; sequence: number }
  | { kind: 'gap'; leaves: Range }
  | { kind: 'checkpoint'; signed: SignedCheckpoint };

/** What an export of the whole log says of the entries (`from`, `to`]: each of them, and its checkpoints where they were signed. */
export function* wholePieces(
  { from, to }: { from: number; to: number },
  rows: readonly Row[],
  checkpoints: readonly SignedCheckpoint[],
): Generator<Piece> {
  const signed = new Map(checkpoints.map((checkpoint) => [checkpoint.size, checkpoint]));
  let at = 0;
  for (let sequence = from + 1; sequence <= to; sequence++) {
    if (rows[at]?.sequence !== sequence) yield { kind: 'absent', sequence };
    for (let row = rows[at]; row?.sequence === sequence; row = rows[++at]) yield { kind: 'entry', row };
    const checkpoint = signed.get(sequence);
    if (checkpoint) yield { kind: 'checkpoint', signed: checkpoint };
  }
}

/** Leaves that are left out, in two parts when somebody wants to compare the log's size between them. */
function* gaps({ lo, hi }: Range, since: number | null): Generator<Piece> {
  const cut = since !== null && since > lo && since < hi ? since : hi;
  if (lo < cut) yield { kind: 'gap', leaves: { lo, hi: cut } };
  if (cut < hi) yield { kind: 'gap', leaves: { lo: cut, hi } };
}

/** What an export of a part says: the wanted entries after `covered`, and what is left out before each of them. */
export function* partPieces(
  { covered, since }: { covered: number; since: number | null },
  rows: readonly Row[],
): Generator<Piece> {
  let at = covered;
  for (const row of rows) {
    yield* gaps({ lo: at, hi: row.sequence - 1 }, since);
    yield { kind: 'entry', row };
    at = row.sequence;
  }
}

/** What a part leaves out at its end. */
export const lastPieces = (covered: number, logSize: number, since: number | null): Piece[] => [
  ...gaps({ lo: covered, hi: logSize }, since),
];

function nodesOf(piece: Piece): NodeId[] {
  if (piece.kind === 'entry') return nodesOfEntry(piece.row.sequence);
  if (piece.kind === 'absent') return nodesOfEntry(piece.sequence);
  return piece.kind === 'gap' ? nodesOfGap(piece.leaves) : [];
}

/** Writes lines, with the hashes that the log's tables have: what is missing there is shown as missing. */
export async function writeLines(
  trx: Transaction<AuditDb>,
  tenantId: string,
  pieces: readonly Piece[],
): Promise<string[]> {
  const nodes = new Map(pieces.flatMap(nodesOf).map((node) => [`${node.level}/${node.index}`, node]));
  const find = await findNodes(trx, tenantId, [...nodes.values()]);
  return pieces.map((piece) => {
    switch (piece.kind) {
      case 'entry':
        return writeEntry(piece.row.sequence, piece.row.entry, find);
      case 'absent': {
        const { sequence } = piece;
        const hasLeaf = find({ level: 0, index: sequence - 1 }) !== undefined;
        return hasLeaf
          ? writeEntry(sequence, null, find)
          : writeGap({ lo: sequence - 1, hi: sequence }, find);
      }
      case 'gap':
        return writeGap(piece.leaves, find);
      case 'checkpoint':
        return formatLine({ kind: 'checkpoint', ...piece.signed });
    }
    return piece satisfies never;
  });
}

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  appendLeaves,
  type Checkpoint,
  canonicalize,
  exportFormat,
  formatLine,
  leafHash,
  type NodeId,
  openCheckpoint,
  type Problem,
  rootHash,
  signCheckpoint,
  type Verdict,
  verifierKey,
  verifyExport,
  writeEntry,
  writeGap,
} from '../src/index.ts';

export const tenantId = '0190a0a0-0000-7000-8000-000000000001';
export const origin = `log.example/audit/${tenantId}`;
const { privateKey } = generateKeyPairSync('ed25519');
export const key = verifierKey(origin, privateKey);

export interface Row {
  sequence: number;
  /** Canonical JSON; null: it was removed. */
  text: string | null;
}

/** A log as its tables have it: whoever wants to change history changes them. */
export interface Log {
  entries: Row[];
  hashes: Map<string, Buffer>;
  checkpoints: { size: number; checkpoint: string }[];
  size: number;
  signedSize: number;
}

export const nodeKey = ({ level, index }: NodeId) => `${level}/${index}`;
export const entryOf = (sequence: number, note = `entry ${sequence}`) => ({
  ...{ id: `id-${sequence}`, tenantId, sequence, action: 'inventory.item.update' },
  occurredAt: new Date(Date.UTC(2026, 0, 1) + sequence * 1_000).toISOString(),
  changes: { note: { before: null, after: note } },
});

/** A log of so many entries, signed at the given sizes and at its end. */
export function makeLog(
  entries: readonly object[],
  { signedAt = [] as number[], by = privateKey as KeyObject } = {},
): Log {
  const rows = entries.map((entry, at) => ({ sequence: at + 1, text: canonicalize(entry) }));
  const hashes = new Map<string, Buffer>();
  const leaves = rows.map(({ text }) => leafHash(Buffer.from(text)));
  const none = () => Buffer.alloc(0);
  for (const node of appendLeaves(0, leaves, none)) hashes.set(nodeKey(node), node.hash);
  const sign = (size: number) => ({
    size,
    checkpoint: signCheckpoint(
      { origin, size, rootHash: rootHash(size, (node) => hashes.get(nodeKey(node)) as Buffer) },
      by,
    ),
  });
  const size = rows.length;
  return {
    ...{ entries: rows, hashes, size, signedSize: size },
    checkpoints: [...signedAt, size].map(sign),
  };
}

export const logOf = (count: number, signedAt: number[] = []): Log =>
  makeLog(
    Array.from({ length: count }, (_, at) => entryOf(at + 1)),
    { signedAt },
  );

/** The export of a log as it stands, whole or of the wanted sequences. */
export function exportOf(
  log: Log,
  wanted?: (sequence: number) => boolean,
  splitAt: readonly number[] = [],
  madeAt = '2026-01-02T03:04:05.000Z',
): string[] {
  const latest = log.checkpoints.at(-1) as Log['checkpoints'][number];
  const find = (node: NodeId) => log.hashes.get(nodeKey(node));
  const lines = [
    formatLine({
      ...{ kind: 'header', format: exportFormat, origin, tenantId, madeAt },
      ...{ filters: wanted ? { action: 'x' } : {}, ...latest, signedSize: log.signedSize },
    }),
  ];
  const cuts = [...(wanted ? splitAt : log.checkpoints.map(({ size }) => size)), latest.size];
  let at = 0;
  const goTo = (to: number) => {
    for (const cut of [...cuts.filter((size) => size > at && size < to), to]) {
      if (cut > at) lines.push(writeGap({ lo: at, hi: cut }, find));
      at = Math.max(at, cut);
      showCheckpoints(cut);
    }
  };
  const shown = new Set<number>();
  const showCheckpoints = (size: number) => {
    for (const one of wanted || shown.has(size) ? [] : log.checkpoints)
      if (one.size === size) lines.push(formatLine({ kind: 'checkpoint', ...one }));
    shown.add(size);
  };
  let count = 0;
  for (const { sequence, text } of log.entries) {
    if (sequence > latest.size || (wanted && !wanted(sequence))) continue;
    if (sequence > at + 1) goTo(sequence - 1);
    lines.push(writeEntry(sequence, text, find));
    count++;
    at = sequence;
    showCheckpoints(at);
  }
  goTo(latest.size);
  lines.push(formatLine({ kind: 'end', entries: count }));
  return lines;
}

export const older = ({ checkpoint }: { checkpoint: string }): Checkpoint => openCheckpoint(checkpoint, key);

async function* chunksOf(text: string) {
  const whole = Buffer.from(text);
  // Small pieces: a line never comes in one.
  for (let at = 0; at < whole.length; at += 97) yield whole.subarray(at, at + 97);
}

export async function verify(
  lines: readonly string[],
  kept: readonly Checkpoint[] = [],
): Promise<Verdict & { found: Problem[] }> {
  const found: Problem[] = [];
  const text = lines.length > 0 ? `${lines.join('\n')}\n` : '';
  const verdict = await verifyExport(chunksOf(text), {
    ...{ key, older: kept },
    onProblem: (problem) => void found.push(problem),
  });
  return { ...verdict, found };
}

/** What was found, short: `altered 7`, `missing 3-5`. */
export const inShort = (found: readonly Problem[]): string[] =>
  found.map(({ kind, first, last }) =>
    first === null ? kind : first === last ? `${kind} ${first}` : `${kind} ${first}-${last}`,
  );

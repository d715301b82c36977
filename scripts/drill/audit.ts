import {
  appendLeaves,
  canonicalize,
  leafHash,
  openCheckpoint,
  rootHash,
  type StoredNode,
} from '@stockade/transparency-log';

export interface VerifiedAudit {
  entries: number;
  checkpoints: number;
  /** The things that entries are about. */
  targets: ReadonlySet<string>;
}

type Get = (path: string) => Promise<Record<string, unknown>>;

async function* pages<T>(get: Get, path: string): AsyncGenerator<T> {
  let cursor: string | null = null;
  do {
    const page = (await get(`${path}?limit=1000${cursor ? `&cursor=${cursor}` : ''}`)) as {
      data: T[];
      nextCursor: string | null;
    };
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor);
}

/**
 * Builds a tenant's tree again from its entries alone, and compares every checkpoint with it: nothing is missing, doubled, moved or
 * changed, and no checkpoint says otherwise. Throws what is wrong.
 */
export async function verifyAudit(get: Get): Promise<VerifiedAudit> {
  const entries: { sequence: number; target: { id: string } }[] = [];
  for await (const entry of pages<(typeof entries)[0]>(get, '/v1/audit/entries')) entries.push(entry);
  entries.sort((a, b) => a.sequence - b.sequence);
  for (const [at, { sequence }] of entries.entries())
    if (sequence !== at + 1) throw new Error(`Audit entry ${at + 1} is missing: ${sequence} follows`);

  const nodes = new Map<string, Buffer>();
  const read = ({ level, index }: { level: number; index: number }) =>
    nodes.get(`${level}/${index}`) as Buffer;
  const leaves = entries.map((entry) => leafHash(Buffer.from(canonicalize(entry))));
  for (const { level, index, hash } of appendLeaves(0, leaves, read) as StoredNode[])
    nodes.set(`${level}/${index}`, hash);

  const { verifierKey } = (await get('/v1/audit/checkpoints/latest')) as { verifierKey: string };
  let checkpoints = 0;
  for await (const { checkpoint } of pages<{ checkpoint: string }>(get, '/v1/audit/checkpoints')) {
    const { size, rootHash: signed } = openCheckpoint(checkpoint, verifierKey);
    if (size > leaves.length)
      throw new Error(`A checkpoint signs ${size} entries, ${leaves.length} are there`);
    if (!rootHash(size, read).equals(signed))
      throw new Error(`The checkpoint of size ${size} signs another tree`);
    checkpoints++;
  }
  if (checkpoints === 0) throw new Error('There is no checkpoint');
  return { entries: entries.length, checkpoints, targets: new Set(entries.map(({ target }) => target.id)) };
}

import {
  appendLeaves,
  canonicalize,
  leafHash,
  openCheckpoint,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from '@stockade/transparency-log';
import { type Body, send } from '../client.ts';
import type { Records } from '../records.ts';
import type { Running } from '../world.ts';
import { schemasWith } from './schemas.ts';

interface Entry {
  id: string;
  sequence: number;
  action: string;
  target: { type: string; id: string };
}

type Get = (path: string) => Promise<Body>;

const get =
  ({ stack }: Running): Get =>
  async (path) => {
    const headers = { authorization: `Bearer ${stack.credentials.apiKey}` };
    const answer = await send(`${stack.url}${path}`, 'GET', headers, undefined);
    if (answer.status !== 200) throw new Error(`GET ${path} was answered ${answer.status}`);
    return answer.body;
  };

async function all<T>(read: Get, path: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await read(`${path}?limit=1000${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...page.data);
    cursor = page.nextCursor;
  }
  return found;
}

/** One entry for each event of the outboxes, and for each acknowledged change; the tree is the one of these entries. */
export async function checkAudit(world: Running, records: Records): Promise<string[]> {
  const read = get(world);
  const entries = (await all<Entry>(read, '/v1/audit/entries')).sort((a, b) => a.sequence - b.sequence);
  return [
    ...againstRecords(entries, records),
    ...(await againstOutboxes(world, entries)),
    ...(await checkTree(read, entries)),
  ];
}

/** Those of changes that clients know of: as many as they were told. */
function againstRecords(entries: readonly Entry[], { audit }: Records): string[] {
  const found = new Map<string, number>();
  for (const { action, target } of entries) {
    const key = `${action} ${target.id}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...audit].flatMap(([key, expected]) =>
    found.get(key) === expected
      ? []
      : [`the audit has ${found.get(key) ?? 0} entries "${key}", and should have ${expected}`],
  );
}

/** Whatever was committed with a change is an entry once, and nothing else is. */
async function againstOutboxes(world: Running, entries: readonly Entry[]): Promise<string[]> {
  const { postgres, stack } = world;
  const schemas = await schemasWith(world, 'outbox');
  const told = schemas.map(
    (schema) => `
      select e->>'id' as id, '${schema}' as schema from ${schema}.outbox,
        jsonb_array_elements(case jsonb_typeof(payload) when 'array' then payload else jsonb_build_array(payload) end) e
      where tenant_id = $1 and type = 'audit.entry-recorded.v1'`,
  );
  const rows = await postgres.query<{ id: string; schema: string }>(told.join(' union all '), [
    stack.credentials.tenantId,
  ]);
  const committed = new Set(rows.map(({ id }) => id));
  const known = new Set(entries.map(({ id }) => id));
  const wrong: string[] = [];
  if (known.size !== entries.length)
    wrong.push(`${entries.length - known.size} audit entries are there twice`);
  const lost = rows.filter(({ id }) => !known.has(id));
  if (lost.length > 0)
    wrong.push(
      `${lost.length} audit entries were committed and are not in the log: ${lost.slice(0, 5).map(({ id, schema }) => `${id} of ${schema}`)}`,
    );
  const extra = entries.filter(({ id }) => !committed.has(id));
  if (extra.length > 0)
    wrong.push(
      `${extra.length} audit entries are of no change: ${extra.slice(0, 5).map(({ action, id }) => `${action} ${id}`)}`,
    );
  return wrong;
}

const proofs = 25;
const spread = <T>(list: readonly T[], count: number): T[] =>
  list.filter((_, at) => at % Math.max(1, Math.floor(list.length / count)) === 0);

/** The sequence has no gap, the signed root is the root of the entries, and proofs hold. */
async function checkTree(read: Get, entries: readonly Entry[]): Promise<string[]> {
  const gap = entries.findIndex(({ sequence }, at) => sequence !== at + 1);
  if (gap >= 0) return [`the audit's sequence has a gap or a fork at ${gap + 1}`];
  const wrong: string[] = [];
  const nodes = new Map<string, Uint8Array>();
  const leaves = entries.map((entry) => leafHash(Buffer.from(canonicalize(entry))));
  const at = (level: number, index: number) => `${level} ${index}`;
  const known = ({ level, index }: { level: number; index: number }) =>
    nodes.get(at(level, index)) as Uint8Array;
  for (const [leaf, hash] of leaves.entries())
    for (const node of appendLeaves(leaf, [hash], known)) nodes.set(at(node.level, node.index), node.hash);
  const checkpoints = (await all<Body>(read, '/v1/audit/checkpoints')).sort((a, b) => a.size - b.size);
  const { verifierKey } = await read('/v1/audit/checkpoints/latest');
  for (const { size, checkpoint } of checkpoints) {
    const signed = openCheckpoint(checkpoint, verifierKey);
    if (!Buffer.from(signed.rootHash).equals(rootHash(size, known)))
      wrong.push(`the checkpoint of size ${size} signs another tree than that of the entries`);
  }
  for (const entry of spread(entries, proofs)) {
    const proof = await read(`/v1/audit/entries/${entry.id}/proof`);
    const signed = openCheckpoint(proof.checkpoint, verifierKey);
    const holds = verifyInclusion({
      ...{ leafHash: leaves[entry.sequence - 1] as Buffer, leafIndex: proof.leafIndex },
      ...{ treeSize: signed.size, rootHash: signed.rootHash },
      hashes: proof.hashes.map((text: string) => Buffer.from(text, 'base64')),
    });
    if (!holds || proof.leafIndex !== entry.sequence - 1)
      wrong.push(`the proof of entry ${entry.sequence} does not hold`);
  }
  const steps = spread(checkpoints, proofs);
  for (const [no, from] of steps.entries()) {
    const to = steps[no + 1];
    if (!to) break;
    const proof = await read(`/v1/audit/consistency?from=${from.size}&to=${to.size}`);
    const holds = verifyConsistency({
      ...{ from: from.size, to: to.size },
      ...{ fromRoot: Buffer.from(from.rootHash, 'base64'), toRoot: Buffer.from(to.rootHash, 'base64') },
      hashes: proof.hashes.map((text: string) => Buffer.from(text, 'base64')),
    });
    if (!holds) wrong.push(`the log of size ${to.size} does not begin with the one of size ${from.size}`);
  }
  return wrong;
}

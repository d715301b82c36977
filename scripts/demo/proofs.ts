import { canonicalize, leafHash, openCheckpoint, verifyInclusion } from '@stockade/transparency-log';
import { type Person, until } from './http.ts';
import type { Tell } from './story.ts';

interface Entry {
  id: string;
  sequence: number;
  action: string;
  actor: { name: string };
  target: { type: string; id: string };
  requestId: string | null;
}

/** Audit entries of the given things, oldest first. They arrive by queue, so the count may still grow. */
async function entriesOf(person: Person, targetIds: readonly string[]): Promise<Entry[]> {
  const lists = await Promise.all(
    targetIds.map((id) => person.get(`/v1/audit/entries?targetId=${id}&limit=200`)),
  );
  return lists.flatMap((list) => list.data as Entry[]).sort((a, b) => a.sequence - b.sequence);
}

/** Checks one entry as an auditor would: from its fields to the signed checkpoint, trusting nothing but the public key. */
async function verifyEntry(person: Person, entry: Entry, verifierKey: string): Promise<void> {
  const proof = await person.get(`/v1/audit/entries/${entry.id}/proof`);
  const hash = leafHash(Buffer.from(canonicalize(proof.entry)));
  if (hash.toString('base64') !== proof.leafHash)
    throw new Error(`Entry ${entry.sequence} does not hash to its leaf`);
  const checkpoint = openCheckpoint(proof.checkpoint, verifierKey);
  const included = verifyInclusion({
    leafHash: hash,
    leafIndex: proof.leafIndex,
    treeSize: checkpoint.size,
    hashes: proof.hashes.map((text: string) => Buffer.from(text, 'base64')),
    rootHash: checkpoint.rootHash,
  });
  if (!included) throw new Error(`Entry ${entry.sequence} is not in the tree that the checkpoint signs`);
}

/** Waits for the entries of the story's things, then proves each against a signed checkpoint. */
export async function verifyEntries(
  person: Person,
  targetIds: readonly string[],
  tell: Tell,
): Promise<string[]> {
  const entries = await until(
    'every change has its audit entry',
    () => entriesOf(person, targetIds),
    (found) => targetIds.every((id) => found.some((entry) => entry.target.id === id)),
  );
  const { verifierKey } = await person.get('/v1/audit/checkpoints/latest');
  for (const entry of entries) await verifyEntry(person, entry, verifierKey);
  tell(
    `${entries.length} audit entries, each proven against a signed checkpoint`,
    ...entries.map(
      (entry) =>
        `#${entry.sequence} ${entry.action} by ${entry.actor.name} (request ${entry.requestId ?? 'none'})`,
    ),
  );
  return entries.map((entry) => entry.action);
}

import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import type { ImapFlow } from 'imapflow';

/** A message of the mailbox; `raw` is null when it is larger than what is taken. */
export interface Fetched {
  uid: number;
  raw: Buffer | null;
}

export interface Batch {
  uidValidity: string;
  messages: Fetched[];
  /** Up to here the mailbox is read with this batch. */
  lastUid: number;
}

const batchMessages = 20;
const batchBytes = 16 * 1024 * 1024;
const sizesAtOnce = 200;

/**
 * The messages above `lastUid`, in batches that fit into memory. With another UIDVALIDITY the server numbers anew, and
 * the mailbox is read from its beginning: what was taken before is known by its bytes. Nothing is marked as read.
 */
export async function* readNew(
  client: ImapFlow,
  { uidValidity: known, lastUid: last }: { uidValidity: string | null; lastUid: number },
): AsyncGenerator<Batch> {
  if (!client.mailbox) return;
  const uidValidity = String(client.mailbox.uidValidity);
  const from = known === uidValidity ? last : 0;
  const found = await client.search({ uid: `${from + 1}:*` }, { uid: true });
  // `n:*` has the last message always, even below n.
  const uids = (found || []).filter((uid) => uid > from).sort((a, b) => a - b);
  if (uids.length === 0 && known !== uidValidity) yield { uidValidity, messages: [], lastUid: 0 };
  let messages: Fetched[] = [];
  let bytes = 0;
  for (let at = 0; at < uids.length; at += sizesAtOnce) {
    const part = uids.slice(at, at + sizesAtOnce);
    const sizes = new Map<number, number>();
    for await (const { uid, size } of client.fetch(part, { uid: true, size: true }, { uid: true }))
      sizes.set(uid, size ?? 0);
    for (const uid of part) {
      const fetched = await fetchOne(client, uid, sizes.get(uid));
      if (fetched) messages.push(fetched);
      bytes += fetched?.raw?.length ?? 0;
      if (messages.length < batchMessages && bytes < batchBytes && uid !== uids.at(-1)) continue;
      yield { uidValidity, messages, lastUid: uid };
      messages = [];
      bytes = 0;
    }
  }
}

/** Null for a message that is gone by now. */
async function fetchOne(client: ImapFlow, uid: number, size: number | undefined): Promise<Fetched | null> {
  if (size === undefined) return null;
  if (size > maxMessageBytes) return { uid, raw: null };
  const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
  const source = message ? message.source : undefined;
  if (!source?.length) return null;
  return { uid, raw: source.length > maxMessageBytes ? null : source };
}

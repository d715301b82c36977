import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import type { SMTPServerDataStream } from 'smtp-server';
import { Refusal, refusals } from './refusal.ts';

/** So many bytes of messages that are not stored yet are held, over all connections. */
const maxBytesHeld = 256 * 1024 * 1024;
const deadlineMs = 5 * 60_000;

/** The bytes that all connections hold together. */
export interface Held {
  bytes: number;
}

/**
 * Reads a message to its end. What is refused is read on and forgotten, as the client listens only when it has sent all.
 * Rejects when the client is gone or takes longer than five minutes. Who gets the message gives its bytes back to `held`.
 */
export function readMessage(
  stream: SMTPServerDataStream,
  held: Held,
  { deadline = deadlineMs } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let refused: Refusal | null = null;
    let settled = false;
    const giveBack = () => {
      held.bytes -= length;
      length = 0;
      chunks.length = 0;
    };
    const fail = (error: Error) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      giveBack();
      refused = error instanceof Refusal ? error : refusals.unavailable();
      reject(refused);
    };
    const timer = setTimeout(() => fail(refusals.tooSlow()), deadline);
    stream.on('data', (chunk: Buffer) => {
      if (refused) return;
      length += chunk.length;
      held.bytes += chunk.length;
      chunks.push(chunk);
      if (length > maxMessageBytes) refused = refusals.tooLarge();
      else if (held.bytes > maxBytesHeld) refused = refusals.overloaded();
      if (refused) giveBack();
    });
    stream.on('end', () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (refused) return reject(refused);
      if (length === 0) return reject(refusals.empty());
      resolve(Buffer.concat(chunks, length));
    });
    stream.on('error', fail);
    stream.on('close', () => fail(refusals.unavailable()));
  });
}

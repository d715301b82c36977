// Runs in a thread of its own: hashing and signatures of large mails must not hold the service up.
import { parentPort } from 'node:worker_threads';
import type { Authentication } from '../engine/types.ts';
import { LookupError, type RecordType } from './resolver.ts';
import { type Sender, verify } from './verify.ts';

export type ToWorker =
  | { kind: 'verify'; task: number; raw: Uint8Array; sender: Sender }
  | { kind: 'answer'; question: number; records: unknown[] | null; code: string };

export type FromWorker =
  | { kind: 'ask'; task: number; question: number; name: string; type: RecordType }
  | { kind: 'done'; task: number; result: Authentication | null };

const questions = new Map<number, { resolve(records: unknown[]): void; reject(error: Error): void }>();
let asked = 0;

const post = (message: FromWorker) => parentPort?.postMessage(message);

/** Questions are answered by the thread that has the resolver and its memory. */
const askFor = (task: number) => (name: string, type: RecordType) =>
  new Promise<unknown[]>((resolve, reject) => {
    const question = ++asked;
    questions.set(question, { resolve, reject });
    post({ kind: 'ask', task, question, name, type });
  });

parentPort?.on('message', async (message: ToWorker) => {
  if (message.kind === 'answer') {
    const waiting = questions.get(message.question);
    questions.delete(message.question);
    if (message.records) waiting?.resolve(message.records);
    else waiting?.reject(new LookupError(message.code));
    return;
  }
  const { task, raw, sender } = message;
  try {
    post({ kind: 'done', task, result: await verify(raw, sender, askFor(task)) });
  } catch {
    // A mail that the library cannot take says nothing about its sender.
    post({ kind: 'done', task, result: null });
  }
});

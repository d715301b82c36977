// Runs in a worker thread: what a message's bytes can keep busy or bring down is this thread alone.
import { parentPort } from 'node:worker_threads';
import { parseMessage } from './parse.ts';
import { read } from './reading.ts';
import { references } from './references.ts';
import { scan } from './scan.ts';
import type { Envelope, ParsedMessage, ScanKnowledge } from './types.ts';

export type Task =
  | { kind: 'parse'; bytes: Uint8Array }
  | { kind: 'scan'; message: ParsedMessage; knowledge: ScanKnowledge; envelope: Envelope };

async function run(task: Task) {
  if (task.kind === 'scan') return scan(task.message, task.knowledge, task.envelope);
  const message = await parseMessage(task.bytes);
  return { message, references: references(message, read(message)) };
}

parentPort?.on('message', async (task: Task) => {
  try {
    parentPort?.postMessage({ value: await run(task) });
  } catch (error) {
    parentPort?.postMessage({ error: (error as Error).message });
  }
});

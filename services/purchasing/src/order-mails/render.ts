import { Worker } from 'node:worker_threads';
import { errors } from '@stockade/service-kit';
import type { OrderDocument } from './document.ts';

const maxThreads = 2;
const timeoutMs = 15_000;

/** Who waits holds a connection to the database: not many may. */
const maxWaiting = 2;

let free = maxThreads;
const waiting: (() => void)[] = [];

/** The order's PDF, made off the event loop, two at a time. 503 when it cannot be made in time: nothing was sent then. */
export async function renderInThread(document: OrderDocument, at: Date): Promise<Buffer> {
  if (free === 0 && waiting.length >= maxWaiting)
    throw errors.unavailable('Many orders are being sent at this moment: send it again.', 2);
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free--;
  try {
    return await runThread(document, at);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

async function runThread(document: OrderDocument, at: Date): Promise<Buffer> {
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
    workerData: { document, at },
    // Not what the process was started with: tracing is loaded there.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const timer = setTimeout(
    () => reject(errors.unavailable('The order could not be made a PDF in time: send it again.', 10)),
    timeoutMs,
  );
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`The thread that makes PDFs ended with ${code}`)));
  try {
    return Buffer.from(await promise);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

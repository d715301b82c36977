// Runs in a worker thread: a long order takes the better part of a second.
import { parentPort, workerData } from 'node:worker_threads';
import type { OrderDocument } from './document.ts';
import { renderPdf } from './pdf.ts';

const { document, at } = workerData as { document: OrderDocument; at: Date };

parentPort?.postMessage(await renderPdf(document, at));

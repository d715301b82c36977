// How many messages a second one thread takes apart: `sh scripts/node.sh services/email-scanning/evaluation/parse-speed.ts`.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHtml } from '../src/engine/html.ts';
import { readFields } from '../src/engine/message-headers.ts';
import { readMime } from '../src/engine/mime/index.ts';
import { parseMessage } from '../src/engine/parse.ts';
import { read } from '../src/engine/reading.ts';
import { linksIn } from '../src/engine/text-links.ts';
import { threadMilliseconds } from '../src/engine/thread-time.ts';
import { openCorpus } from '../training/corpus.ts';

const rounds = 3;

/** Everything but what attachments hold. */
function takeApart(bytes: Uint8Array): void {
  const mime = readMime(bytes);
  readFields(mime.headers);
  for (const { html, text } of mime.bodies) html ? readHtml(text) : linksIn(text, 1_000);
}

async function mails(folder: string): Promise<Uint8Array[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.tsv'));
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}

/** The fastest of some rounds, in CPU time of this thread. */
function measure(what: string, raws: readonly Uint8Array[], work: (bytes: Uint8Array) => void): void {
  let best = Number.POSITIVE_INFINITY;
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const start = threadMilliseconds();
    for (const raw of raws) {
      const from = threadMilliseconds();
      work(raw);
      slowest = Math.max(slowest, threadMilliseconds() - from);
    }
    best = Math.min(best, threadMilliseconds() - start);
  }
  const each = best / raws.length;
  console.info(
    `${what}: ${Math.round(1_000 / each)} messages/s, ${each.toFixed(3)} ms each, slowest ${slowest.toFixed(0)} ms`,
  );
}

const corpus = await openCorpus(process.argv[2]);
const raws = await mails(corpus.folder);
console.info(`${raws.length} messages, one thread, CPU time`);
measure('MIME, headers, HTML, links', raws, takeApart);
measure('the same and attachments', raws, parseMessage);
measure('the same and made ready for reading', raws, (raw) => read(parseMessage(raw)));
await corpus.close();

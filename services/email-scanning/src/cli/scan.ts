// `npm run scan -- <files or folders>`: scans mail without any server. One JSON line a message on standard output and
// nothing else there; a progress bar on standard error where that is a terminal.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine, type ScanResult, unscannable } from '../engine/index.ts';
import { limits } from '../engine/limits.ts';
import { createProgress } from './progress.ts';

const threads = 2;
/** So many are read ahead: no thread waits for a file. */
const lanes = threads * 4;

/** Every regular file below the given paths, in a stable order. What is not there, or may not be read, is told. */
async function* filesBelow(path: string, missing: string[]): AsyncGenerator<string> {
  const found = await stat(path).catch(() => null);
  if (!found) {
    missing.push(path);
  } else if (found.isFile()) {
    yield path;
  } else if (found.isDirectory()) {
    const names = await readdir(path).catch(() => {
      missing.push(path);
      return [];
    });
    for (const name of names.sort()) yield* filesBelow(join(path, name), missing);
  }
}

/** Reads a file, but of a huge one no more than what is scanned and one byte, which shows that there is more. */
async function readBounded(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: limits.messageBytes }))
    chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function scanFile(engine: Engine, file: string): Promise<ScanResult> {
  try {
    return await engine.examine(await readBounded(file));
  } catch (error) {
    return unscannable((error as Error).message);
  }
}

function write(line: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(line)) resolve();
    else process.stdout.once('drain', resolve);
  });
}

async function main(paths: readonly string[]): Promise<number> {
  if (paths.length === 0) {
    process.stderr.write('Which mail? Usage: npm run scan -- <files or folders>\n');
    return 2;
  }
  const missing: string[] = [];
  const files: string[] = [];
  for (const path of paths) for await (const file of filesBelow(path, missing)) files.push(file);
  const engine = createEngine({ size: threads });
  const progress = createProgress(files.length);
  const next = files.values();
  const running = Array.from({ length: lanes }, async () => {
    for (const file of next) {
      const { verdict, score, findings } = await scanFile(engine, file);
      await write(`${JSON.stringify({ file, verdict, score, findings })}\n`);
      progress.step();
    }
  });
  try {
    await Promise.all(running);
  } finally {
    progress.end();
    await engine.close();
  }
  for (const path of missing) process.stderr.write(`There is nothing at ${path}\n`);
  return missing.length > 0 ? 2 : 0;
}

// Whoever reads the lines may stop early (`| head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await main(process.argv.slice(2));

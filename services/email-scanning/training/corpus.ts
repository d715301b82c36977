import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Where the corpus lies: beside the project. */
export const corpusPath = resolve(import.meta.dirname, '../../../../shared/corpus/mail-dev.tar.xz');

/** A message of the corpus: a line of its manifest. */
export interface Entry {
  file: string;
  label: 'ham' | 'spam' | 'phish' | 'none';
  set: string;
  source: string;
  origin: string;
}

export interface Corpus {
  folder: string;
  entries: Entry[];
  close(): Promise<void>;
}

/** The corpus is not there. */
export class NoCorpus extends Error {
  override name = 'NoCorpus';
}

/** The manifest: a header line, then tab-separated `file label set source origin sha256`. */
function entriesOf(manifest: string): Entry[] {
  return manifest
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', label = 'none', set = '', source = '', origin = ''] = line.split('\t');
      return { file, label: label as Entry['label'], set, source, origin };
    });
}

/**
 * Opens the corpus: the archive is unpacked into a temporary folder that `close` removes; a folder is read as it is. Throws
 * NoCorpus when nothing is there, and another error when what is there cannot be read.
 */
export async function openCorpus(path = corpusPath): Promise<Corpus> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new NoCorpus(`There is no corpus at ${path}`);
  if (found.isDirectory()) return { ...(await readCorpus(path)), close: async () => {} };
  const temporary = await mkdtemp(join(tmpdir(), 'stockade-corpus-'));
  const close = () => rm(temporary, { recursive: true, force: true });
  try {
    await promisify(execFile)('tar', ['-xJf', path, '-C', temporary]);
    return { ...(await readCorpus(join(temporary, 'mail-dev'))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readCorpus(folder: string): Promise<{ folder: string; entries: Entry[] }> {
  const entries = entriesOf(await readFile(join(folder, 'manifest.tsv'), 'utf8'));
  const [first] = entries;
  if (!first) throw new Error(`The manifest of ${folder} names no messages`);
  await access(join(folder, first.file));
  return { folder, entries };
}

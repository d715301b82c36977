import { type Checkpoint, openCheckpoint } from '../checkpoint.ts';
import { CompactRange, completedBy } from '../compact-range.ts';
import { leafHash } from '../hash.ts';
import { completeNodes, type Range } from '../tree.ts';
import type { CheckpointLine, EntryLine, GapLine, HashText, Header } from './format.ts';
import { describeKey } from './key.ts';
import { OlderCheckpoints } from './older.ts';
import { BadLine, type ParsedLine, parseLine } from './parse.ts';
import type { Problem, ProblemKind, Report } from './problem.ts';
import { readLines } from './read-lines.ts';
import { Removals } from './removals.ts';

export interface VerifyOptions {
  /** The log's public key, `name+id+key`. */
  key: string;
  /** Checkpoints that somebody kept: the log must still be what they signed. */
  older?: readonly Checkpoint[];
  onProblem(problem: Problem): void;
  onProgress?(position: number, size: number): void;
}

export interface Verdict {
  header: Header | null;
  entries: number;
  /** Of those, entries whose content retention removed. */
  withoutContent: number;
  /** Entries of the log that the export leaves out. */
  leftOut: number;
  /** Earlier checkpoints in the export that fit. */
  checkpoints: number;
  /** Sizes of older checkpoints that fit. */
  compared: number[];
  /** Sizes of older checkpoints that an export of a part of the log says nothing about. */
  notCompared: number[];
  problems: number;
}

const bytes = (hash: HashText | undefined) => (hash ? Buffer.from(hash, 'base64') : null);
const same = (a: Uint8Array | null, b: Uint8Array) => a !== null && Buffer.compare(a, b) === 0;
/** How many missing entries are remembered, to tell those that come later from those that were put in. */
const maxRemembered = 10_000;

/** Verifies an export line by line; no more of it is held in memory than the tree's height. */
class ExportVerifier {
  #options: VerifyOptions;
  #name: string;
  #older: OlderCheckpoints;
  #header: Header | null = null;
  #signed: Checkpoint | null = null;
  #range = new CompactRange((leaves) => this.#mismatch(leaves));
  #removals = new Removals();
  #missing = new Set<number>();
  #ids = new Map<number, string>();
  #lineNo = 0;
  /** When the last entry occurred; NaN when it has no content. */
  #time = Number.NaN;
  #fits = { upTo: 0, broken: false };
  #ended = false;
  #verdict: Verdict = {
    ...{ header: null, entries: 0, withoutContent: 0, leftOut: 0, checkpoints: 0, problems: 0 },
    ...{ compared: [], notCompared: [] },
  };

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#name = describeKey(options.key).origin;
    this.#older = new OlderCheckpoints(options.older ?? []);
  }

  /** Reads the next line. Gives whether it makes sense to go on. */
  read(line: Uint8Array): boolean {
    this.#lineNo++;
    let parsed: ParsedLine;
    try {
      parsed = parseLine(line);
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      const next = this.#range.size + 1;
      this.#report('damaged', this.#header && [next, next], `line ${this.#lineNo}: ${error.message}`);
      return this.#header !== null;
    }
    if (!this.#header) return this.#readHeader(parsed);
    if (this.#ended) this.#report('inserted', null, `line ${this.#lineNo} comes after the end`);
    else this.#readNext(parsed);
    this.#options.onProgress?.(this.#range.size, this.#header.size);
    return true;
  }

  #report: Report = (kind, place, message) => {
    this.#verdict.problems++;
    const [first, last] = place ?? [null, null];
    const ids: string[] = [];
    if (first !== null && last !== null && last - first < 2)
      for (let sequence = first; sequence <= last; sequence++) {
        const id = this.#ids.get(sequence);
        if (id !== undefined) ids.push(id);
      }
    this.#options.onProblem({ kind, first, last, ids, message });
  };

  /** Whether the export is of the whole log, as far as it says itself. */
  get #isWhole(): boolean {
    return Object.keys(this.#header?.filters ?? {}).length === 0;
  }

  #readHeader({ line }: ParsedLine): boolean {
    if (line.kind !== 'header') {
      this.#report('damaged', null, 'the first line does not say what this export is of');
      return false;
    }
    this.#header = line;
    this.#verdict.header = line;
    this.#signed = this.#open(line);
    if (line.signedSize > line.size)
      this.#report(
        'checkpoint',
        [line.size + 1, line.signedSize],
        `the log says that ${line.signedSize} entries were signed, but its latest checkpoint is of ${line.size}: it was removed`,
      );
    return true;
  }

  /** A checkpoint whose signature, log and size are what they should be; null when one of them is not. */
  #open({ checkpoint, size }: { checkpoint: string; size: number }): Checkpoint | null {
    const origin = checkpoint.split('\n', 1)[0] ?? '';
    const what = `the checkpoint of size ${size}`;
    const report = (kind: ProblemKind, why: string) => {
      this.#report(kind, null, `${what} ${why}`);
      return null;
    };
    if (origin !== this.#name) return report('checkpoint', `is of another log: ${origin}`);
    try {
      const opened = openCheckpoint(checkpoint, this.#options.key);
      if (opened.size !== size) return report('checkpoint', `signs another size: ${opened.size}`);
      if (!origin.endsWith(`/${this.#header?.tenantId}`) || this.#header?.origin !== origin)
        return report('checkpoint', 'is not of the log that the first line names');
      return opened;
    } catch (error) {
      return report('signature', `is not signed by that key: ${(error as Error).message}`);
    }
  }

  #readNext({ line, entryText }: ParsedLine): void {
    switch (line.kind) {
      case 'entry':
        this.#readEntry(line, entryText);
        break;
      case 'gap':
        this.#readGap(line);
        break;
      case 'checkpoint':
        this.#readCheckpoint(line);
        break;
      case 'end':
        this.#ended = true;
        if (line.entries !== this.#verdict.entries)
          this.#report(
            'missing',
            null,
            `the export had ${line.entries} entries, and now has ${this.#verdict.entries}`,
          );
        return;
      case 'header':
        this.#report('inserted', null, `line ${this.#lineNo} is a second header`);
    }
  }

  /** Whether what begins with that sequence is next. What is left out without a word is told of. */
  #goTo(first: number, last: number): boolean {
    const { size } = this.#header as Header;
    const next = this.#range.size + 1;
    const place: [number, number] = [first, last];
    if (first > last) this.#report('damaged', null, `line ${this.#lineNo} ends before it begins`);
    else if (last > size)
      this.#report('inserted', place, `it is beyond the ${size} entries that were signed`);
    else if (first < next && this.#missing.delete(first))
      this.#report('out-of-order', place, `it stands after entry ${next - 1}`);
    else if (first < next) this.#report('inserted', place, 'it stands there a second time');
    else {
      if (first > next) this.#skip({ lo: next - 1, hi: first - 1 });
      return true;
    }
    return false;
  }

  #skip({ lo, hi }: Range): void {
    this.#report('missing', [lo + 1, hi], 'it is not in the export');
    for (let leaf = lo; leaf < hi && this.#missing.size < maxRemembered; leaf++) this.#missing.add(leaf + 1);
    for (const node of completeNodes({ lo, hi })) this.#range.push(node, { reckoned: null, stored: null });
    this.#older.compare(this.#range, this.#time, this.#report);
  }

  #readEntry({ sequence, entry, hash, nodes }: EntryLine, text: string | null): void {
    const id = typeof entry?.id === 'string' ? entry.id : null;
    this.#verdict.entries++;
    if (id !== null) this.#ids.set(sequence, id);
    this.#ids.delete(sequence - 3);
    if (!this.#goTo(sequence, sequence)) return;
    this.#time = typeof entry?.occurredAt === 'string' ? Date.parse(entry.occurredAt) : Number.NaN;
    const stored = bytes(hash);
    const reckoned = text === null ? stored : leafHash(Buffer.from(text));
    const problem =
      entry && this.#entryProblem(entry, sequence, same(reckoned, stored ?? Buffer.alloc(0)), hash);
    if (problem) this.#report(problem[0], [sequence, sequence], problem[1]);
    if (entry) this.#removals.read(entry);
    else this.#removals.withoutContent(sequence);
    this.#range.push({ level: 0, index: sequence - 1 }, { reckoned, stored }, nodes.map(bytes));
    this.#older.compare(this.#range, this.#time, this.#report);
  }

  #entryProblem(
    entry: Record<string, unknown>,
    sequence: number,
    fits: boolean,
    hash: HashText,
  ): [ProblemKind, string] | null {
    if (entry.sequence !== sequence)
      return ['out-of-order', `entry ${entry.sequence} stands in the place of entry ${sequence}`];
    if (entry.tenantId !== this.#header?.tenantId) return ['inserted', "it is of another tenant's log"];
    if (hash === null) return ['inserted', 'the log has no leaf for it'];
    return fits ? null : ['altered', 'it is not what was hashed'];
  }

  #readGap({ first, last, hashes, nodes }: GapLine): void {
    if (!this.#goTo(first, last)) return;
    this.#verdict.leftOut += last - first + 1;
    if (this.#isWhole) this.#report('missing', [first, last], 'the log does not have it any more');
    else if (hashes.includes(null))
      this.#report('missing', [first, last], 'the log does not have the hashes of these entries any more');
    let taken = 0;
    for (const [at, node] of completeNodes({ lo: first - 1, hi: last }).entries()) {
      const completed = completedBy(node).length;
      const hash = bytes(hashes[at]);
      this.#range.push(
        node,
        { reckoned: hash, stored: hash },
        nodes.slice(taken, taken + completed).map(bytes),
      );
      taken += completed;
    }
    this.#older.compare(this.#range, this.#time, this.#report);
  }

  /** Hears of a stored node that does not follow from those below it. */
  #mismatch({ lo, hi }: Range): void {
    const message =
      hi - lo === 2
        ? 'one of the two is not what the tree was made of'
        : `the tree's node over them is not made of what stands below it`;
    this.#report('altered', [lo + 1, hi], message);
  }

  #readCheckpoint(line: CheckpointLine): void {
    this.#older.listed(line.size);
    if (line.size !== this.#range.size) {
      this.#report('out-of-order', null, `the checkpoint of size ${line.size} stands in the wrong place`);
      return;
    }
    const opened = this.#open(line);
    if (opened && this.#fitsEntries(opened)) this.#verdict.checkpoints++;
  }

  /**
   * Whether the entries so far are those that a checkpoint of the log signs. When it is only their stored hashes that are,
   * what is wrong with the entries was told already.
   */
  #fitsEntries({ size, rootHash }: Checkpoint): boolean {
    const fits = same(this.#range.root, rootHash);
    if (fits) this.#fits.upTo = size;
    else if (this.#range.isOther(rootHash) && !this.#fits.broken) {
      this.#fits.broken = true;
      const since = this.#fits.upTo;
      this.#report(
        'checkpoint',
        [since + 1, size],
        `entries ${since + 1} to ${size} are not those that the checkpoint of size ${size} signs${since > 0 ? `; up to ${since} they are` : ''}`,
      );
    }
    return fits;
  }

  finish(): Verdict {
    const header = this.#header;
    if (!header) {
      if (this.#lineNo === 0) this.#report('damaged', null, 'the file is empty');
      return this.#verdict;
    }
    if (this.#range.size < header.size) this.#skip({ lo: this.#range.size, hi: header.size });
    if (!this.#ended) this.#report('damaged', null, 'the file has no end: it was cut off');
    if (this.#signed) this.#fitsEntries(this.#signed);
    this.#older.listed(header.size);
    const { size, madeAt } = header;
    this.#older.finish({ size, isWhole: this.#isWhole, madeAt: Date.parse(madeAt) }, this.#report);
    for (const { lo, hi } of this.#removals.unexplained())
      this.#report(
        'missing',
        [lo + 1, hi],
        'the content is gone, and nothing in the log tells that it was removed',
      );
    const { compared, notCompared } = this.#older;
    return { ...this.#verdict, withoutContent: this.#removals.count, compared, notCompared };
  }
}

/**
 * Verifies an export with nothing but the log's public key. Problems are told as they are found; without any, each entry is
 * proven to be in the log that the export's checkpoint signs, and an export without filters to be all of it.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  options: VerifyOptions,
): Promise<Verdict> {
  const verifier = new ExportVerifier(options);
  for await (const line of readLines(chunks)) if (!verifier.read(line)) break;
  return verifier.finish();
}

import type { Checkpoint } from '../checkpoint.ts';
import type { CompactRange } from '../compact-range.ts';
import type { Report } from './problem.ts';

/** So long a log keeps each of its checkpoints; of those from before some may be gone. */
const allKeptMs = 30 * 86_400_000;

/** Compares a log, as it is read, with checkpoints that somebody kept of it. */
export class OlderCheckpoints {
  #waiting: Checkpoint[];
  /** Sizes with the time of the entry that was the last one then; NaN when that is not known. */
  #unlisted = new Map<number, number>();
  #fitsUpTo = 0;
  /** Sizes of those that fit. */
  readonly compared: number[] = [];
  /** Sizes of those that the export says nothing about. */
  readonly notCompared: number[] = [];

  constructor(kept: readonly Checkpoint[]) {
    this.#waiting = kept.toSorted((a, b) => a.size - b.size);
  }

  /** Looks at those whose size the log has now; `time`: of its last entry. */
  compare(range: CompactRange, time: number, report: Report): void {
    for (let next = this.#waiting[0]; next && next.size <= range.size; next = this.#waiting[0]) {
      this.#waiting.shift();
      if (next.size < range.size || range.storedRoot === null) {
        this.notCompared.push(next.size);
        continue;
      }
      this.#unlisted.set(next.size, time);
      if (!range.isOther(next.rootHash)) {
        this.compared.push(next.size);
        this.#fitsUpTo = next.size;
        continue;
      }
      const first = this.#fitsUpTo + 1;
      report(
        'fork',
        [first, next.size],
        `the older checkpoint of size ${next.size} does not fit: between entries ${first} and ${next.size} the log is not what it was`,
      );
    }
  }

  /** The log has a checkpoint of that size. */
  listed(size: number): void {
    this.#unlisted.delete(size);
  }

  /** `isWhole`: the export has all checkpoints of the log; it was made at `madeAt`. */
  finish(
    { size, isWhole, madeAt }: { size: number; isWhole: boolean; madeAt: number },
    report: Report,
  ): void {
    for (const kept of this.#waiting)
      report(
        'fork',
        null,
        `the older checkpoint is of ${kept.size} entries, this export's of ${size}: the log has shrunk, or the export was made before`,
      );
    if (!isWhole) return;
    for (const [unlisted, time] of this.#unlisted)
      if (madeAt - time < allKeptMs)
        report(
          'checkpoint',
          null,
          `the older checkpoint of size ${unlisted} is not in the log's list any more`,
        );
  }
}

import { type Result, whole } from '../../../scripts/bench/table.ts';
import { verdictOf } from '../src/engine/score.ts';
import { goals } from './goals.ts';

/** A message with the score that it got. */
export interface Scored {
  file: string;
  set: string;
  target: 0 | 1;
  score: number;
}

const percent = (part: number, all: number) => (all === 0 ? 0 : (100 * part) / all);

export const setColumns = ['messages', 'suspicious', 'malicious', 'found'] as const;

/** A row for each set that has a goal and messages, and whether it is met. */
export function setResults(scored: readonly Scored[]): Result[] {
  return goals.flatMap(({ set, kind, percent: limit }): Result[] => {
    const verdicts = scored.filter((one) => one.set === set).map(({ score }) => verdictOf(score));
    if (verdicts.length === 0) return [];
    const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
    const found = percent(count('suspicious') + count('malicious'), verdicts.length);
    return [
      {
        what: set,
        cells: {
          messages: whole(verdicts.length),
          suspicious: whole(count('suspicious')),
          malicious: whole(count('malicious')),
          found: `${found.toFixed(2)}%`,
        },
        goal: kind === 'found' ? `≥ ${limit}%` : `≤ ${limit}%`,
        passed: kind === 'found' ? found >= limit : found <= limit,
      },
    ];
  });
}

const edges = [0, 5, 20, 40, 60, 75, 90, 101];
export const calibrationColumns = ['messages', 'unwanted', 'seen'] as const;

/**
 * What scores say against what was seen: of the messages with such a score, the share that is unwanted, as if honest and
 * unwanted mail were equally many.
 */
export function calibrationResults(scored: readonly Scored[]): Result[] {
  const all = [0, 1].map((target) => scored.filter((one) => one.target === target).length);
  return edges.slice(0, -1).map((from, at): Result => {
    const to = edges[at + 1] ?? 101;
    const [honest, unwanted] = [0, 1].map(
      (target) => scored.filter((one) => one.target === target && one.score >= from && one.score < to).length,
    ) as [number, number];
    const rates = [honest / (all[0] || 1), unwanted / (all[1] || 1)] as const;
    const seen = rates[0] + rates[1] === 0 ? '–' : `${percent(rates[1], rates[0] + rates[1]).toFixed(1)}%`;
    return {
      what: `score ${from}–${to - 1}`,
      cells: { messages: whole(honest + unwanted), unwanted: whole(unwanted), seen },
    };
  });
}

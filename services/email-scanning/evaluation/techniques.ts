import type { Result } from '../../../scripts/bench/table.ts';
import type { Example } from '../training/examples.ts';

const sets = ['ham-modern-a', 'ham-old', 'honest', 'phish-nazario', 'phish-pot', 'spam'] as const;
export const techniqueColumns = [...sets, 'mean score'];

/** How often each technique finds something in each set, in percent; those of honest mail first. */
export function techniqueResults(examples: readonly Example[]): Result[] {
  const sizes = new Map<string, number>();
  const hits = new Map<string, { bySet: Map<string, number>; scores: number; count: number }>();
  for (const { set, findings } of examples) {
    sizes.set(set, (sizes.get(set) ?? 0) + 1);
    for (const technique of new Set(findings.map((found) => found.technique))) {
      const entry = hits.get(technique) ?? { bySet: new Map(), scores: 0, count: 0 };
      hits.set(technique, entry);
      entry.bySet.set(set, (entry.bySet.get(set) ?? 0) + 1);
      entry.scores += Math.max(
        ...findings.filter((one) => one.technique === technique).map((one) => one.score),
      );
      entry.count++;
    }
  }
  const share = (bySet: Map<string, number>, set: string) =>
    (100 * (bySet.get(set) ?? 0)) / Math.max(sizes.get(set) ?? 0, 1);
  const honest = (bySet: Map<string, number>) => share(bySet, 'ham-old') + share(bySet, 'ham-modern-a');
  return [...hits]
    .sort(([, a], [, b]) => honest(b.bySet) - honest(a.bySet))
    .map(([what, { bySet, scores, count }]) => ({
      what,
      cells: {
        ...Object.fromEntries(sets.map((set) => [set, share(bySet, set).toFixed(1)])),
        'mean score': (scores / count).toFixed(0),
      },
    }));
}

import { finding } from '../../finding.ts';
import type { Check, CheckContext } from '../../types.ts';
import type { Concept } from '../../wording/concepts.ts';
import { type Wording, wordingOf } from '../../wording/wording.ts';
import { type Circumstances, circumstancesOf } from './circumstances.ts';

/** A trick that is known by what its mails speak of together, and by how they are made. */
export interface Lure {
  /** The technique's id, title and description, as the catalogue shows them. */
  id: string;
  title: string;
  description: string;
  /** Of each of these at least one is spoken of, near each other. */
  says: readonly (readonly Concept[])[];
  /** Each of these that is spoken of too makes it surer. */
  adds: readonly Concept[];
  /** How the mail has to be made; left out: in any way. */
  made?: (circumstances: Circumstances, context: CheckContext) => boolean;
  /** Points for a way of making that makes it surer. */
  more?: (circumstances: Circumstances, wording: Wording) => number;
  /** Points for what has to be said, for each that adds to it, and at the most. */
  score: { base: number; step: number; max: number };
  explanation: string;
}

/** Words between what belongs together: long letters speak of many things, each in its place. */
const together = 120;

/** Whether something of each group is spoken of, near something of the first. */
function saidTogether(wording: Wording, [first = [], ...others]: Lure['says']): boolean {
  if (!wording.has(...first)) return false;
  return others.every((group) => first.some((a) => group.some((b) => wording.near(a, b, together))));
}

/** Less is noise: words alone. */
const least = 5;

/** The check for a lure. */
export function lureCheck(lure: Lure): Check {
  const { id, title, description, says, adds, score, explanation } = lure;
  return {
    id,
    techniques: [{ id, title, description, maxScore: score.max }],
    run(context) {
      const wording = wordingOf(context);
      if (!saidTogether(wording, says)) return [];
      const circumstances = circumstancesOf(context);
      if (lure.made && !lure.made(circumstances, context)) return [];
      const more = lure.more?.(circumstances, wording) ?? 0;
      const points = Math.min(score.max, score.base + score.step * wording.count(...adds) + more);
      const weighed = Math.round(points * circumstances.weight);
      if (weighed < least) return [];
      return [finding(id, weighed, explanation, { speaksOf: wording.passages(...says.flat(), ...adds) })];
    },
  };
}

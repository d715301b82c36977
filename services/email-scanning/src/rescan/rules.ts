import type { Disposition, Verdict } from '../messages/rules.ts';

interface Judged {
  verdict: Verdict | null;
  score: number | null;
  disposition: Disposition | null;
}

const ranks: Record<Verdict, number> = { clean: 0, suspicious: 1, malicious: 2 };

/** Whether another scan found a message worse than it was known to be. Nothing becomes better by itself. */
export function isWorse(before: Judged, verdict: Verdict, score: number): boolean {
  const rank = before.verdict === null ? -1 : ranks[before.verdict];
  if (ranks[verdict] !== rank) return ranks[verdict] > rank;
  return score > (before.score ?? 0);
}

/** Where a message belongs after a worse verdict. What a person released, or removed, stays where they put it. */
export function dispositionAfter({ disposition }: Judged, byPolicy: Disposition): Disposition {
  return disposition === null || disposition === 'delivered' ? byPolicy : disposition;
}

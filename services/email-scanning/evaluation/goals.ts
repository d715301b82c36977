/** A share of a set's messages that must be found (verdict suspicious or malicious), or must not be. */
export interface Goal {
  set: string;
  kind: 'found' | 'false';
  percent: number;
}

/** The project's own goals for mail-dev. */
export const goals: readonly Goal[] = [
  { set: 'ham-modern-a', kind: 'false', percent: 0.3 },
  { set: 'ham-old', kind: 'false', percent: 1 },
  { set: 'honest', kind: 'false', percent: 0.5 },
  { set: 'honest-held-out', kind: 'false', percent: 0.5 },
  { set: 'phish-nazario', kind: 'found', percent: 95 },
  { set: 'phish-pot', kind: 'found', percent: 85 },
  { set: 'spam', kind: 'found', percent: 90 },
];

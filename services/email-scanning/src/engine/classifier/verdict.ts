import { finding } from '../finding.ts';
import { scaled, stackedOdds } from '../score.ts';
import type { Adaptation, Finding, ParsedMessage, Reading, Technique } from '../types.ts';
import { shiftOf } from './adaptation.ts';
import { strongestWords } from './explain.ts';
import { featuresOf } from './features.ts';
import { logOdds, type Model } from './model.ts';

export const classifierTechniques: readonly Technique[] = [
  {
    id: 'reads-like-unwanted',
    title: 'Reads like unwanted mail',
    description:
      'A statistical model that learnt from honest, unwanted and dangerous mail judges the words and the make-up of the mail, and what your own people taught it. Alone it makes a mail suspicious only when it is very sure, and never malicious.',
    maxScore: 74,
    source: 'docs/classifier.md',
  },
];

/** From here on the classifier's opinion is worth telling. */
const tellFrom = 20;
const shownWords = 4;

export interface Opinion {
  /** Log odds by the model, and what the tenant's people add. */
  odds: number;
  taught: number;
  finding: Finding | null;
}

function explained(words: string[], taught: number): string {
  const named =
    words.length > 0 ? `: ${words.map((word) => `“${word}”`).join(', ')}` : ' by the way it is made';
  const lessons = taught > 1 ? ', and like mail that your people did not want' : '';
  return `The mail reads like unwanted mail${named}${lessons}.`;
}

/** What the classifier thinks of a message. */
export function opinionOn(
  model: Model,
  message: ParsedMessage,
  reading: Reading,
  adaptation: Adaptation | null,
): Opinion {
  const features = featuresOf(message, reading);
  const odds = logOdds(model, features);
  const taught = shiftOf(adaptation, features);
  const alone = Math.round(Math.min(scaled(model.stack, stackedOdds(model.stack, odds, 0) + taught), 74));
  if (alone < tellFrom) return { odds, taught, finding: null };
  const words = strongestWords(model, reading, shownWords);
  const shown = finding('reads-like-unwanted', alone, explained(words, taught), { words });
  return { odds, taught, finding: shown };
}

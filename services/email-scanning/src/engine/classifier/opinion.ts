import { finding } from '../finding.ts';
import { maliciousFrom, scaled, stackedOdds } from '../score.ts';
import type { Adaptation, Finding, ParsedMessage, Reading, Technique } from '../types.ts';
import { shiftOf } from './adaptation.ts';
import { strongestWords } from './explain.ts';
import { featuresOf } from './features.ts';
import { logOdds, type Model } from './model.ts';

export const classifierTechnique: Technique = {
  id: 'reads-like-unwanted',
  title: 'Reads like unwanted mail',
  description:
    'A statistical model that learnt from honest, unwanted and dangerous mail judges the words and the make-up of the mail, and what your own people taught it counts too. Alone it makes a mail suspicious only when it is very sure, and never malicious.',
  maxScore: maliciousFrom - 1,
  source: 'docs/classifier.md',
};

/** Below this the classifier had no part in the verdict that would be worth telling. */
const tellFrom = 10;
const shownWords = 4;

/** What the classifier thinks of a message, in log odds: the model, and what the tenant's people add. */
export interface Opinion {
  odds: number;
  taught: number;
}

export const noOpinion: Opinion = { odds: Number.NEGATIVE_INFINITY, taught: 0 };

export function opinionOn(
  model: Model,
  message: ParsedMessage,
  reading: Reading,
  adaptation: Adaptation | null,
): Opinion {
  const features = featuresOf(message, reading);
  return { odds: logOdds(model, features), taught: shiftOf(adaptation, features) };
}

function sentence(words: string[], taught: number): string {
  const named =
    words.length > 0 ? `: ${words.map((word) => `“${word}”`).join(', ')}` : ' by the way it is made';
  const lessons = taught > 0 ? ', and it is like mail that your people did not want' : '';
  return `The mail reads like unwanted mail${named}${lessons}.`;
}

/** The opinion as a finding with the words that count most, when it says anything against the mail. */
export function explain(model: Model, { odds, taught }: Opinion, reading: Reading): Finding[] {
  const alone = Math.round(
    Math.min(scaled(model.stack, stackedOdds(model.stack, odds, 0) + taught), maliciousFrom - 1),
  );
  if (alone < tellFrom) return [];
  const words = strongestWords(model, reading, shownWords);
  return [finding(classifierTechnique.id, alone, sentence(words, taught), { words })];
}

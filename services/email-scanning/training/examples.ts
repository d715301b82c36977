import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Features, featuresOf } from '../src/engine/classifier/features.ts';
import { contextOf, findingsOf } from '../src/engine/judging.ts';
import { noKnowledge } from '../src/engine/knowledge.ts';
import { parseMessage } from '../src/engine/parse.ts';
import type { Finding } from '../src/engine/types.ts';
import { campaigns, type Fingerprint, fingerprint } from './campaigns.ts';
import type { Corpus, Entry } from './corpus.ts';
import { type HonestMail, honestMailForTraining } from './honest/index.ts';

/** A message, read and checked, and where it belongs. */
export interface Example {
  file: string;
  set: string;
  /** 1: unwanted or dangerous; 0: honest. */
  target: 0 | 1;
  /** Whose mail it is: what two sources of one family share may be theirs alone. */
  family: string;
  /** How much it counts in training; 0: never learnt from. */
  weight: number;
  campaign: number;
  features: Features;
  findings: Finding[];
}

/** A message before it is read. */
export interface Source {
  file: string;
  set: string;
  target: 0 | 1;
  family: string;
  read(): Promise<Uint8Array>;
}

/** Sets that may be learnt from, and how much each message of them counts. What is not here only evaluates. */
const weights: Record<string, number> = {
  ...{ 'ham-old': 1, 'ham-modern-a': 1, spam: 1, 'phish-nazario': 2, honest: 1 },
};

export function sourcesOf({ folder, entries }: Corpus): Source[] {
  return entries
    .filter(({ label }) => label !== 'none')
    .map((entry: Entry) => ({
      file: entry.file,
      set: entry.set,
      target: entry.label === 'ham' ? 0 : 1,
      family: entry.source.startsWith('sa-') ? 'spamassassin' : entry.source,
      read: () => readFile(join(folder, entry.file)),
    }));
}

/** Honest mail of firms that was written for this, in eight languages: the corpus has hardly any. */
export function ownSources(): Source[] {
  return honestSources(honestMailForTraining(), 'honest');
}

export function honestSources(mails: readonly HonestMail[], set: string): Source[] {
  return mails.map(({ name, raw }) => ({ file: name, set, target: 0, family: 'own', read: async () => raw }));
}

/** Reads and checks messages one after the other, and finds their campaigns. `step` is called after each. */
export async function readExamples(sources: readonly Source[], step: () => void): Promise<Example[]> {
  const prints: Fingerprint[] = [];
  const found: Example[] = [];
  for (const { file, set, target, family, read } of sources) {
    const message = await parseMessage(await read());
    const context = contextOf(message, noKnowledge);
    prints.push(fingerprint(message, context.reading));
    const features = featuresOf(message, context.reading);
    const rest = { weight: weights[set] ?? 0, campaign: 0, findings: findingsOf(context) };
    found.push({ file, set, target, family, features, ...rest });
    step();
  }
  const campaign = campaigns(prints);
  return found.map((example, at) => ({ ...example, campaign: campaign[at]! }));
}

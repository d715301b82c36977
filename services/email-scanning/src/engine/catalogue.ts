import { fileChecks } from './checks/files/index.ts';
import { knowledgeChecks } from './checks/knowledge/index.ts';
import { linkChecks } from './checks/links/index.ts';
import { purchasingChecks } from './checks/purchasing/index.ts';
import { senderChecks } from './checks/sender/index.ts';
import { structureChecks } from './checks/structure/index.ts';
import { wordingChecks } from './checks/wording/index.ts';
import { classifierTechnique } from './classifier/index.ts';
import { listTechniques } from './lists.ts';
import type { Check, Technique } from './types.ts';
import { scanIncomplete } from './unscannable.ts';

/** Techniques of one subject. */
export interface Subject {
  title: string;
  about: string;
  techniques: readonly Technique[];
}

const of = (checks: readonly Check[]) => checks.flatMap(({ techniques }) => techniques);

/** All that can be found, by subject, as docs/detection.md lists it. */
export const catalogue: readonly Subject[] = [
  { title: 'Sender', about: 'Who the mail is from, or pretends to be from.', techniques: of(senderChecks) },
  {
    title: 'Purchasing',
    about:
      'What a purchasing clerk would notice: judged by the tenant’s suppliers, their verified accounts and its orders.',
    techniques: of(purchasingChecks),
  },
  { title: 'Links', about: 'Where the mail leads.', techniques: of(linkChecks) },
  { title: 'Files', about: 'What the mail carries.', techniques: of(fileChecks) },
  { title: 'Wording', about: 'What the mail says and wants.', techniques: of(wordingChecks) },
  {
    title: 'Structure',
    about: 'How the mail is made, and what could not be read.',
    techniques: of(structureChecks),
  },
  {
    title: 'Knowledge',
    about: 'What the tenant, its lists, history and threat feeds know.',
    techniques: [...of(knowledgeChecks), ...listTechniques],
  },
  {
    title: 'Whole mail',
    about: 'What is judged or told of the mail as a whole.',
    techniques: [classifierTechnique, scanIncomplete],
  },
];

export const techniques: readonly Technique[] = catalogue.flatMap((subject) => subject.techniques);

import { finding } from '../../finding.ts';
import { invisibleIn } from '../../invisible.ts';
import type { Check } from '../../types.ts';

const few = 2;
const many = 10;
const manySigns = 40;
/** They turn the direction of what follows; no subject or name needs them. */
const override = /[\u202d\u202e]/;

/** Words that the reader sees whole and a filter does not. */
export const cutWords: Check = {
  id: 'cut-words',
  techniques: [
    {
      id: 'cut-words',
      title: 'Words cut by what is not seen',
      description:
        'Words hold zero-width signs or hidden elements between their letters: the reader sees the word, a filter two pieces of it.',
      maxScore: 50,
    },
    {
      id: 'invisible-signs',
      title: 'Many invisible signs',
      description: 'The text that is shown is strewn with signs without width, which no keyboard writes.',
      maxScore: 20,
    },
    {
      id: 'disguised-subject',
      title: 'Invisible signs in subject or sender',
      description:
        'The subject or the sender’s name holds signs that cut its words or turn its direction: it reads otherwise than it is written.',
      maxScore: 40,
    },
  ],
  run({ message: { html, invisibleCharacters, subject, from } }) {
    const found = [];
    const cut = html?.brokenWords ?? 0;
    if (cut > 0) {
      const score = cut >= many ? 50 : cut > few ? 35 : 10;
      const explanation = `${cut} words of the mail are cut by something that the reader does not see.`;
      found.push(finding('cut-words', score, explanation, { words: cut }));
    }
    if (invisibleCharacters >= manySigns) {
      const explanation = `The mail shows text with ${invisibleCharacters} invisible signs in it.`;
      found.push(finding('invisible-signs', 20, explanation, { signs: invisibleCharacters }));
    }
    for (const shown of [subject ?? '', from?.name ?? '']) {
      if (!override.test(shown) && invisibleIn(shown).cutWords === 0) continue;
      const explanation = 'The subject or the sender’s name holds invisible signs that change how it reads.';
      found.push(finding('disguised-subject', 40, explanation));
      break;
    }
    return found;
  },
};

import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Old and home-made programs make such mistakes too: each says little. */
const scores: Record<string, number> = { charset: 3, unclosed: 5, 'odd-headers': 8, nul: 15 };

/** Mistakes that no well-kept mail program makes. */
export const carelessMake: Check = {
  id: 'careless-make',
  techniques: [
    {
      id: 'careless-make',
      title: 'Made by a careless program',
      description:
        'The mail breaks the rules of its format: lines among the headers that are none, parts that do not end, characters of another set than named, NULs.',
      maxScore: 15,
      source: 'RFC 5322, RFC 2046',
    },
    {
      id: 'raw-bytes-in-headers',
      title: 'Bytes in headers that must be encoded',
      description:
        'Headers hold bytes outside ASCII, or encoded words that are cut: mail programs encode names and subjects, scripts that send in bulk often do not.',
      maxScore: 10,
      source: 'RFC 2047, 2; RFC 5322, 2.2',
    },
  ],
  run({ message: { problems, brokenHeaders } }) {
    const found = problems.flatMap(({ code, message }) => {
      const score = scores[code];
      return score === undefined ? [] : [finding('careless-make', score, `${message}.`)];
    });
    if (brokenHeaders) {
      const explanation = 'The headers hold bytes that a mail program would have encoded.';
      found.push(finding('raw-bytes-in-headers', 10, explanation));
    }
    return found;
  },
};

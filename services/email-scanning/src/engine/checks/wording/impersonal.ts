import { finding } from '../../finding.ts';
import { fold } from '../../reading.ts';
import type { Check } from '../../types.ts';
import { wordingOf } from '../../wording/wording.ts';
import { circumstancesOf } from './circumstances.ts';

/** Where a greeting stands: among the first words. */
const beginning = 40;

/** Greets a customer or user without a name, or by the address, and wants something clicked. */
export const impersonal: Check = {
  id: 'impersonal-greeting',
  techniques: [
    {
      id: 'impersonal-greeting',
      title: 'Greets nobody in particular',
      description:
        'Greets a customer or user without a name, or by his address or the part before the @, and has links to other domains than the sender’s. A firm knows its customers’ names.',
      maxScore: 15,
    },
  ],
  run(context) {
    const { message, reading } = context;
    const wording = wordingOf(context);
    const { clickable, leadsHome, answers, weight } = circumstancesOf(context);
    if (!clickable || answers || leadsHome) return [];
    const start = reading.folded.slice(0, 600);
    const address = message.to[0]?.address ?? '';
    const local = fold(address.slice(0, address.indexOf('@')));
    const byAddress =
      address !== '' &&
      ['dear', 'hello', 'hi', 'hallo', 'bonjour', 'hola', 'ciao', 'attn'].some(
        (word) =>
          start.includes(`${word} ${address}`) || (local.length > 3 && start.includes(`${word} ${local}`)),
      );
    const generic = wording.at('generic-greeting').some((place) => place < beginning);
    if (!byAddress && !generic) return [];
    const score = Math.round((byAddress ? 10 : 8) * weight);
    if (score < 5) return [];
    return [
      finding('impersonal-greeting', score, 'The mail greets nobody by name and wants something clicked.'),
    ];
  },
};

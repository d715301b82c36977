import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { looksRandom } from '../../senders/random-name.ts';
import type { Check } from '../../types.ts';
import { ofSender, type Place } from './facts.ts';
import { strongestOver } from './judged.ts';

function oddity({ registrable, subdomain, host }: Place): [score: number, what: string] | null {
  const label = registrable?.split('.')[0] ?? '';
  if (label.startsWith('xn--')) return null;
  if (looksRandom(label)) return [18, 'a name such as programs make up'];
  if (label.split('-').length > 3) return [15, 'a name of many words'];
  if (label.length > 28) return [10, 'a very long name'];
  const parts = subdomain ? subdomain.split('.').filter((part) => part !== 'www') : [];
  if (parts.length >= 4) return [15, 'a name of very many parts'];
  return host.length > 70 ? [12, 'a very long name'] : null;
}

/** A link's host has a name that nobody would choose. */
export const hostShape: Check = {
  id: 'odd-host-link',
  techniques: [
    {
      id: 'odd-host-link',
      title: 'Link to an oddly named host',
      description:
        'A link leads to a host whose name looks made up by a program, or is very long, deep or full of hyphens: names for one campaign.',
      maxScore: 18,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      if (target.ip || target.service || target.owners.length > 0 || ofSender(context, target)) return null;
      const odd = oddity(target);
      if (!odd) return null;
      const score = context.message.list || link.from === 'text' ? 4 : odd[0];
      return finding('odd-host-link', score, `A link leads to ${defang(target.host)}, ${odd[1]}.`, {
        link: defang(link.href),
      });
    });
  },
};

import { domainToUnicode } from 'node:url';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { mixesScripts } from '../../senders/scripts.ts';
import type { Check, Finding } from '../../types.ts';
import { senderProfile } from './profile.ts';

const maxDepth = 4;
const maxHyphens = 3;

/** How the sender's domain is written: in letters of several scripts, very deep, with many hyphens. */
export const domainShape: Check = {
  id: 'sender-domain-shape',
  techniques: [
    {
      id: 'mixed-script-sender',
      title: 'Sender’s domain in several scripts',
      description:
        'The sender’s domain mixes letters of several scripts, such as Latin and Cyrillic, which look alike. No honest name does.',
      maxScore: 50,
    },
    {
      id: 'punycode-sender',
      title: 'Sender’s domain with letters of other scripts',
      description: 'The sender’s domain holds letters beyond ASCII. Honest names do so too: a weak sign.',
      maxScore: 8,
    },
    {
      id: 'odd-sender-domain',
      title: 'Sender’s domain oddly built',
      description:
        'The sender’s domain has very many parts or hyphens, as names have that are made for one campaign.',
      maxScore: 12,
    },
  ],
  run(context) {
    const { sender, message } = context;
    if (!sender.domain || message.list || sender.own || sender.supplier) return [];
    const found: Finding[] = [];
    const evidence = { senderDomain: defang(sender.domain) };
    const shown = domainToUnicode(sender.domain) || sender.domain;
    if (/[^\p{ASCII}]/u.test(shown))
      found.push(
        mixesScripts(shown)
          ? finding(
              'mixed-script-sender',
              50,
              `The sender’s domain ${defang(sender.domain)} mixes letters of several scripts that look alike.`,
              evidence,
            )
          : finding(
              'punycode-sender',
              8,
              `The sender’s domain ${defang(sender.domain)} holds letters beyond the plain alphabet.`,
              evidence,
            ),
      );
    const base = sender.registrable ?? sender.domain;
    const depth = sender.domain === base ? 0 : sender.domain.slice(0, -base.length - 1).split('.').length;
    const hyphens = base.startsWith('xn--') ? 0 : base.split('-').length - 1;
    if ((depth >= maxDepth || hyphens >= maxHyphens) && senderProfile(context).owners.length === 0)
      found.push(
        finding(
          'odd-sender-domain',
          12,
          `The sender’s domain ${defang(sender.domain)} is oddly built: many parts or hyphens.`,
          evidence,
        ),
      );
    return found;
  },
};

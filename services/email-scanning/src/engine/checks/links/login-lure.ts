import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { linkFacts, ofSender } from './facts.ts';
import { luring } from './lure.ts';

/** The whole mail leads to one foreign host, to a page for signing in. */
export const loginLure: Check = {
  id: 'login-lure',
  techniques: [
    {
      id: 'foreign-login-link',
      title: 'All links lead to one foreign sign-in page',
      description:
        'All links of the mail lead to one domain that is not the sender’s, and an address there reads as that of a page for signing in, confirming or paying.',
      maxScore: 22,
    },
  ],
  run(context) {
    const { sender, message } = context;
    if (message.list || message.inReplyTo !== null) return [];
    const targets = linkFacts(context).targets.filter(({ link }) => link.from === 'html');
    const [first] = targets;
    if (!first || !sender.registrable) return [];
    const one = first.target.registrable ?? first.target.host;
    if (targets.some(({ target }) => (target.registrable ?? target.host) !== one)) return [];
    const { target } = first;
    if (target.service || target.owners.length > 0 || ofSender(context, target)) return [];
    const page = targets.find((fact) => luring(fact.target));
    if (!page) return [];
    const explanation = `All links of this mail lead to ${defang(one)}, not to its sender, and to a page that reads as one for signing in.`;
    return [finding('foreign-login-link', 22, explanation, { link: defang(page.link.href) })];
  },
};

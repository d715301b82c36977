import { getDomain } from 'tldts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check, Finding } from '../../types.ts';

/** The mail's page leads away by itself, or turns its links to another place. */
export const pageTricks: Check = {
  id: 'page-tricks',
  techniques: [
    {
      id: 'meta-refresh',
      title: 'Mail that leads on by itself',
      description: 'The mail’s HTML sends the reader on to a page without a click (meta refresh).',
      maxScore: 35,
    },
    {
      id: 'foreign-base',
      title: 'Links turned to another place',
      description:
        'The mail’s HTML names a base address at a foreign domain: its links lead there although they do not show it, and filters that read them alone miss it.',
      maxScore: 25,
    },
  ],
  run({ message, sender }) {
    const { html } = message;
    if (!html) return [];
    const found: Finding[] = [];
    const [redirect] = html.redirects;
    if (redirect)
      found.push(
        finding('meta-refresh', 35, `The mail sends its reader on to ${defang(redirect)} by itself.`, {
          target: defang(redirect),
        }),
      );
    const base = html.base && /^\s*https?:/i.test(html.base) ? getDomain(html.base.trim()) : null;
    const relative = message.links.some(({ href }) => !/^(\s*[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(href));
    if (base && html.base && relative && base !== sender.registrable && !message.list)
      found.push(
        finding('foreign-base', 25, `Links in this mail lead to ${defang(base)} without showing it.`, {
          base: defang(html.base),
        }),
      );
    return found;
  },
};

import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { strongestOver } from './judged.ts';

const usual = new Set(['', '80', '443', '8080', '8443']);

/** A link names a port that web servers for the public do not use. */
export const oddPort: Check = {
  id: 'odd-port-link',
  techniques: [
    {
      id: 'odd-port-link',
      title: 'Link with an unusual port',
      description:
        'A link names a port on which companies run no pages for the public; pages on broken-into machines are often there.',
      maxScore: 15,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      if (
        usual.has(target.url.port) ||
        /^(localhost$|127\.|10\.|192\.168\.|172\.)/.test(target.host) ||
        !(target.suffix || target.ip)
      )
        return null;
      const score = context.message.list || link.from === 'text' ? 4 : 15;
      return finding(
        'odd-port-link',
        score,
        `A link to ${defang(target.host)} uses port ${target.url.port}, where companies run no pages.`,
        { link: defang(link.href) },
      );
    });
  },
};

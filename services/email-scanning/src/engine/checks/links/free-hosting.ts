import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { freeHosting, isFormService } from '../../senders/hosting.ts';
import type { Check } from '../../types.ts';
import { ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';
import { luring } from './lure.ts';

/** Pages of programmers, of which technical mail is full. */
const programmers = new Set([
  'github.io',
  'gitlab.io',
  'gitbook.io',
  'wordpress.com',
  'blogspot.com',
  'azurewebsites.net',
  'netlify.app',
]);

/** A link leads to a page that anybody could put there. */
export const freeHost: Check = {
  id: 'free-hosting-link',
  techniques: [
    {
      id: 'free-hosting-link',
      title: 'Link to a page that anybody can make',
      description:
        'A link leads to a page on free hosting or in shared storage (workers.dev, web.app, IPFS, translated copies …), where phishing lives for hours.',
      maxScore: 45,
    },
    {
      id: 'form-service-link',
      title: 'Link to a form that anybody can make',
      description:
        'A link leads to a form at a service where everybody makes some. Honest surveys do too: it weighs more beside a claim to be somebody.',
      maxScore: 15,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      const { host, registrable, url } = target;
      if (ofSender(context, target) && registrable !== 'google.com') return null;
      if (isFormService(host, registrable, url.pathname)) {
        const explanation = `A link leads to a form at ${defang(host)}, where anybody makes one.`;
        return finding('form-service-link', context.message.list ? 4 : 15, explanation, {
          link: defang(link.href),
        });
      }
      const kind = freeHosting(host, registrable, url.pathname);
      if (!kind) return null;
      const weak = context.message.list || programmers.has(registrable ?? '') || link.from === 'text';
      const score = kind === 'gateway' ? 45 : weak ? 8 : luring(target) ? 40 : 25;
      const explanation = `A link leads to ${defang(host)}, a place where anybody can put a page.`;
      return finding('free-hosting-link', score, explanation, { link: defang(link.href) });
    });
  },
};

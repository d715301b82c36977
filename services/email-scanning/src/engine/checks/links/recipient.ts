import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';

const address = /[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/i;
const coded = /[A-Za-z0-9+/_-]{12,400}={0,2}/g;
const maxCoded = 6;
/** Where a recipient's address honestly stands: who unsubscribes is known by it. */
const leaving = /unsub|opt-?out|remove|preferences|prefs|subscri|manage|abmeld|desabon|mailto/i;

/** Whether a part of a link is a mail address in base64. */
function hides(part: string): boolean {
  if (part.length < 12) return false;
  let tried = 0;
  for (const [match] of part.matchAll(coded)) {
    if (++tried > maxCoded) return false;
    const text = Buffer.from(match, 'base64').toString('latin1');
    if (text.includes('@') && /^[\x20-\x7e]+$/.test(text) && address.test(text)) return true;
  }
  return false;
}

/** A link carries the address of the one who gets it, to show it filled in on the page behind it. */
export const recipientInLink: Check = {
  id: 'recipient-in-link',
  techniques: [
    {
      id: 'recipient-in-link',
      title: 'Recipient’s address in a link',
      description:
        'A link carries a mail address, plain after # or hidden as base64: pages that steal passwords show it filled in. Newsletters put it into links for unsubscribing, which does not count.',
      maxScore: 45,
    },
  ],
  run(context) {
    if (context.message.list) return [];
    return strongestOver(context, ({ link, place, target }) => {
      if (place.service || ofSender(context, target) || leaving.test(place.url.href)) return null;
      const { hash, search, pathname } = target.url;
      const inHash = hash.length > 5 && (address.test(hash) || hides(hash));
      const hidden = !inHash && (hides(search) || hides(pathname));
      const plain = !inHash && !hidden && address.test(search);
      if (!inHash && !hidden && !plain) return null;
      const score = inHash ? 45 : hidden ? 30 : 12;
      const where = inHash ? 'behind #' : hidden ? 'in code' : 'in its query';
      return finding(
        'recipient-in-link',
        score,
        `A link to ${defang(target.host)} carries a mail address ${where}.`,
        { link: defang(link.href.split('#')[0] ?? '') },
      );
    });
  },
};

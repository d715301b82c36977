import { parse } from 'tldts';
import { ownersOf } from '../../brands/index.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { linkFacts } from './facts.ts';
import { strongestOver } from './judged.ts';

const address = /^(https?:\/\/)?[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63}){1,8}(:\d{1,5})?([/?#]\S*)?$/iu;

/** RFC 2606. */
const reserved = new Set(['example', 'test', 'invalid']);

/** The domain that a link's text shows, when it shows an address and nothing else. */
function shownDomain(text: string): string | null {
  const shown = text.trim();
  if (shown.length > 500 || !shown.includes('.') || !address.test(shown)) return null;
  const { domain, isIcann, publicSuffix } = parse(shown, { validateHostname: true });
  // `main.c`, `notes.txt`: no such ending is there, and `data.zip` is a file. Those kept for examples are meant as addresses.
  const meant =
    (isIcann && publicSuffix !== 'zip' && publicSuffix !== 'mov') ||
    reserved.has(publicSuffix ?? '') ||
    /^https?:|^www\./i.test(shown);
  return meant ? domain : null;
}

/** A link shows another address than the one it leads to. */
export const textMismatch: Check = {
  id: 'link-text-mismatch',
  techniques: [
    {
      id: 'link-text-mismatch',
      title: 'Link shows another address',
      description:
        'A link’s text is a web address of another domain than where it leads. Services that count clicks do so too: where the link leads to one of them, or the text shows the sender’s own domain, it weighs little.',
      maxScore: 55,
    },
  ],
  run(context) {
    const { sender, message } = context;
    return strongestOver(
      context,
      ({ link, place, target }) => {
        if (link.from !== 'html') return null;
        const shown = shownDomain(link.text);
        if (!shown || place.service || shown === place.registrable || shown === target.registrable)
          return null;
        const owners = ownersOf(shown);
        if (owners.some((owner) => target.owners.includes(owner))) return null;
        const real = target.registrable ?? target.host;
        // A file's name that an ending of a country ends in (`main.rs`) stands in the address too.
        if (owners.length === 0 && target.url.pathname.toLowerCase().includes(link.text.trim().toLowerCase()))
          return null;
        const own = shown === sender.registrable;
        const score = message.list ? 5 : owners.length > 0 ? 55 : own ? 15 : 30;
        const explanation = `A link shows ${defang(shown)} but leads to ${defang(real)}.`;
        return finding('link-text-mismatch', score, explanation, {
          shown: defang(shown),
          link: defang(link.href),
        });
      },
      linkFacts(context).web,
    );
  },
};

import { domainToUnicode } from 'node:url';
import { imitatedBrand } from '../../brands/imitation.ts';
import { brandInPath } from '../../brands/path.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { mixesScripts } from '../../senders/scripts.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext, Finding } from '../../types.ts';
import { linkFacts, ofSender, type Place } from './facts.ts';

function script({ host }: Place): Finding | null {
  if (!host.includes('xn--')) return null;
  const shown = domainToUnicode(host) || host;
  return mixesScripts(shown)
    ? finding(
        'mixed-script-link',
        50,
        `A link leads to ${defang(host)}, a name that mixes letters of several scripts which look alike.`,
        { link: defang(host) },
      )
    : finding(
        'punycode-link',
        20,
        `A link leads to ${defang(host)}, a name with letters of other scripts, which can look like another.`,
        { link: defang(host) },
      );
}

/** Whether it is a place whose name the message has no reason to hide: the tenant's own, or a supplier's. */
const trusted = ({ knowledge }: CheckContext, { host }: Place) => {
  const tenant = compiledTenant(knowledge.tenant);
  return tenant.isOwn(host) || tenant.ownerOf(host) !== null;
};

function imitation(context: CheckContext, place: Place): Finding | null {
  if (trusted(context, place) || place.ip) return null;
  const brand = imitatedBrand(place.host);
  const own = ofSender(context, place);
  if (brand)
    return finding(
      brand.kind === 'looks-like' ? 'lookalike-link' : 'brand-in-link',
      brand.kind === 'looks-like' ? 60 : brand.kind === 'names' ? 10 : own ? 25 : 40,
      `A link leads to ${defang(place.host)}, which ${brand.how}.`,
      { link: defang(place.url.href), brand: brand.brand.name },
    );
  const supplier = compiledTenant(context.knowledge.tenant).imitatedBy(place.host);
  if (supplier)
    return finding(
      'lookalike-link',
      Math.min(60, supplier.imitation.certainty),
      `A link leads to ${defang(place.host)}, which ${supplier.imitation.how}.`,
      {
        link: defang(place.url.href),
        supplier: supplier.supplier.name,
      },
    );
  const inPath =
    own || context.message.list || place.owners.length > 0
      ? null
      : brandInPath(
          place.url.pathname
            .toLowerCase()
            .slice(0, 300)
            .split(/[^a-z0-9]+/),
        );
  return inPath
    ? finding(
        'brand-in-link',
        20,
        `A link to ${defang(place.host)} has the name of ${inPath.name} in it, to which it does not belong.`,
        {
          link: defang(place.url.href),
          brand: inPath.name,
        },
      )
    : null;
}

/** A link's host is made to be taken for another. */
export const lookalikeLink: Check = {
  id: 'lookalike-link',
  techniques: [
    {
      id: 'lookalike-link',
      title: 'Link to a domain that looks like another',
      description:
        'A link leads to a domain that is spelled almost as a well-known company’s or a supplier’s.',
      maxScore: 60,
    },
    {
      id: 'brand-in-link',
      title: 'Company’s name in a foreign link',
      description:
        'A link has a well-known company’s name in its host or path, but leads to a domain of somebody else.',
      maxScore: 40,
    },
    {
      id: 'mixed-script-link',
      title: 'Link in letters of several scripts',
      description:
        'A link’s domain mixes letters of several scripts, such as Latin and Cyrillic, which look alike. No honest name does.',
      maxScore: 50,
    },
    {
      id: 'punycode-link',
      title: 'Link with letters of other scripts',
      description: 'A link’s domain holds letters beyond ASCII, which can look like others.',
      maxScore: 20,
    },
  ],
  run(context) {
    const strongest = new Map<string, Finding>();
    const hosts = new Set<string>();
    for (const { target } of linkFacts(context).targets) {
      if (target.service) continue;
      const first = !hosts.has(target.host);
      hosts.add(target.host);
      for (const found of [first ? script(target) : null, imitation(context, target)])
        if (found && found.score > (strongest.get(found.technique)?.score ?? -1))
          strongest.set(found.technique, found);
    }
    return [...strongest.values()];
  },
};

import { parse } from 'tldts';
import { type Brand, ownersOf } from '../../brands/index.ts';
import { mailServices, rewriters } from '../../senders/services.ts';
import type { CheckContext, Link } from '../../types.ts';
import { redirectTarget } from './redirects.ts';

/** An address on the web, taken apart once. */
export interface Place {
  url: URL;
  host: string;
  /** The part of the host that somebody registered; null of IP addresses. */
  registrable: string | null;
  suffix: string | null;
  /** What stands before the registered part. */
  subdomain: string;
  ip: boolean;
  owners: readonly Brand[];
  /** Whether a service for newsletters counts clicks there, or one for safety checks them: it leads on. */
  service: boolean;
}

export interface LinkFact {
  link: Link;
  place: Place;
  /** Where it leads in the end, when the address itself says so: else the same place. */
  target: Place;
  /** How the target was found: a well-known redirector, a rewriter, a parameter of an unknown page. */
  via: 'redirector' | 'rewriter' | 'parameter' | null;
}

export interface LinkFacts {
  /** Links into the web, in their order. */
  web: readonly LinkFact[];
  /** All others: `mailto:`, `tel:`, `javascript:`, relative ones. */
  other: readonly Link[];
  /** Of `web` each target once. */
  targets: readonly LinkFact[];
}

type Host = Omit<Place, 'url'>;

/** Hosts come again and again: in the links of one mail, and in mails of one sender. */
const hosts = new Map<string, Host>();
const maxHosts = 10_000;

function hostOf(host: string): Host {
  const known = hosts.get(host);
  if (known) return known;
  const { domain, publicSuffix, subdomain, isIp } = parse(host, { validateHostname: false });
  const found: Host = {
    host,
    registrable: isIp ? null : domain,
    suffix: publicSuffix,
    subdomain: subdomain ?? '',
    ip: isIp === true,
    owners: ownersOf(domain),
    service: domain !== null && (mailServices.has(domain) || rewriters.has(domain)),
  };
  if (hosts.size >= maxHosts) hosts.clear();
  hosts.set(host, found);
  return found;
}

function placeOf(address: string): Place | null {
  const url = URL.parse(address);
  return url?.hostname ? { url, ...hostOf(url.hostname) } : null;
}

const web = /^(https?:|\/\/)/i;
/** What browsers leave out of an address, wherever it stands; and before it. */
const ignored = /[\t\r\n]|^[\0-\x20]+/g;

function factOf(link: Link, address: string, places: Map<string, Place | null>): LinkFact | null {
  const look = (written: string) => {
    let place = places.get(written);
    if (place === undefined) {
      place = placeOf(written);
      places.set(written, place);
    }
    return place;
  };
  const place = look(address.startsWith('//') ? `https:${address}` : address);
  if (!place) return null;
  const led = redirectTarget(place);
  // A target may itself be wrapped once more.
  const first = led && look(led.address);
  const further = first && redirectTarget(first);
  const target = (further && look(further.address)) ?? first ?? place;
  return { link, place, target, via: target === place ? null : (led?.via ?? null) };
}

function facts({ links }: CheckContext['message']): LinkFacts {
  const places = new Map<string, Place | null>();
  const found: LinkFact[] = [];
  const other: Link[] = [];
  for (const link of links) {
    const address = link.href.replace(ignored, '');
    const fact = web.test(address) ? factOf(link, address, places) : null;
    if (fact) found.push(fact);
    else other.push(link);
  }
  const seen = new Set<string>();
  const targets = found.filter(({ target: { url } }) => !seen.has(url.href) && seen.add(url.href));
  return { web: found, other, targets };
}

const known = new WeakMap<CheckContext['message'], LinkFacts>();

/** The message's links taken apart, once for all checks. */
export function linkFacts({ message }: CheckContext): LinkFacts {
  let found = known.get(message);
  if (!found) {
    found = facts(message);
    known.set(message, found);
  }
  return found;
}

/** Whether a place is the sender's, or one of the same brand. */
export function ofSender({ sender }: CheckContext, { registrable, owners }: Place): boolean {
  if (registrable !== null && registrable === sender.registrable) return true;
  return owners.length > 0 && ownersOf(sender.registrable).some((owner) => owners.includes(owner));
}

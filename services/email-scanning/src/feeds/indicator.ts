import { hash } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import type { IndicatorHit, References } from '../engine/index.ts';
import { isPopular } from './popular.ts';

/** Something that can be known as bad, in the one way of writing it that both feeds and mails are brought to. */
export type Indicator = Pick<IndicatorHit, 'kind' | 'value'>;

/** Of one message, so that no mail makes a lookup long. */
const maxCandidates = 400;

/** By which an indicator is stored and looked up: 64 bits of its SHA-256. */
export function indicatorHash({ kind, value }: Indicator): bigint {
  return hash('sha256', `${kind}\n${value}`, 'buffer').readBigInt64BE(0);
}

const unreserved = /^[A-Za-z0-9._~-]$/;

/** RFC 3986, 6.2.2: what need not be encoded is not, the rest in upper case. */
const plainEscapes = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (encoded, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return unreserved.test(char) ? char : encoded.toUpperCase();
  });

/** Lower case, in ASCII, without the last dot and IPv6's brackets. */
const plainHost = (host: string) => host.replace(/\.$/, '').replace(/^\[(.*)\]$/, '$1');

interface WebAddress {
  host: string;
  /** Host, port if it is not the usual one, and path; no last slash. */
  page: string;
  /** With its `?`; empty when there is none. */
  query: string;
}

/** A web address without what makes no difference: scheme, user, fragment, last slash. Null when it is none. */
export function webAddress(text: string): WebAddress | null {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (!url) return null;
  const host = plainHost(url.hostname);
  const port = url.port === '' ? '' : `:${url.port}`;
  const page = `${host}${port}${plainEscapes(url.pathname).replace(/\/+$/, '')}`;
  return { host, page, query: plainEscapes(url.search) };
}

/** The host of a bad address, where the name alone is enough to know it again. */
export function hostIndicator(host: string): Indicator[] {
  if (isIP(host)) return [{ kind: 'ip', value: host }];
  return isPopular(host) ? [] : [{ kind: 'host', value: host }];
}

const domainShape =
  /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain as it is compared; null when it is none. */
export function plainDomain(text: string): string | null {
  const host = plainHost(text);
  if (domainShape.test(host)) return host;
  // What ends a host in an address would be cut off without a word.
  const ascii = /[/?#@:\\]/.test(host) ? '' : domainToASCII(host);
  return domainShape.test(ascii) ? ascii : null;
}

/** The domain and those above it, down to the one that somebody registered. */
function* domainsAbove(host: string): Generator<string> {
  const registered = getDomain(host, { allowPrivateDomains: true });
  if (registered === null) return;
  let domain = host;
  while (domain.length > registered.length) {
    yield domain;
    domain = domain.slice(domain.indexOf('.') + 1);
  }
  yield registered;
}

function* domainIndicators(host: string): Generator<Indicator> {
  for (const domain of domainsAbove(host)) if (!isPopular(domain)) yield { kind: 'domain', value: domain };
}

/** All that a message refers to as feeds may know it: each address with and without its query, each host with its domains. */
function* candidates({ urls, hosts, senderDomain, hashes }: References): Generator<Indicator> {
  for (const value of hashes) yield { kind: 'sha256', value: value.toLowerCase() };
  for (const url of urls) {
    const address = webAddress(url);
    if (!address) continue;
    yield { kind: 'url', value: address.page };
    if (address.query) yield { kind: 'url', value: address.page + address.query };
  }
  for (const host of hosts.map(plainHost)) {
    yield* hostIndicator(host);
    if (!isIP(host)) yield* domainIndicators(host);
  }
  if (senderDomain) yield* domainIndicators(plainHost(senderDomain));
}

/** A message is looked up and, once it has its verdict, noted by the same references. */
const made = new WeakMap<References, ReadonlyMap<bigint, Indicator>>();

/** What of a message is looked up, by its hash; bounded. */
export function lookupsOf(references: References): ReadonlyMap<bigint, Indicator> {
  const known = made.get(references);
  if (known) return known;
  const found = new Map<bigint, Indicator>();
  made.set(references, found);
  for (const candidate of candidates(references)) {
    if (found.size >= maxCandidates) break;
    found.set(indicatorHash(candidate), candidate);
  }
  return found;
}

import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { ListEntry } from '@stockade/contracts/email-scanning';
import { errors } from '@stockade/service-kit';
import { getDomain } from 'tldts';

type Kind = ListEntry['kind'];

const domainShape = /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Lower case and in ASCII; null when it is none, or all that somebody could register under (`com`, `co.uk`). */
function domain(text: string): string | null {
  const host = text.replace(/^(\*\.|@)/, '').replace(/\.$/, '');
  // What ends a host in an address would be cut off without a word.
  const ascii = /[/?#@:\\\s]/.test(host) ? '' : domainToASCII(host);
  return domainShape.test(ascii) && getDomain(ascii) !== null ? ascii : null;
}

function address(text: string): string | null {
  const [local = '', host = '', ...rest] = text.toLowerCase().split('@');
  const of = domain(host);
  const fits = rest.length === 0 && local.length <= 64 && /^[^\s<>()[\]\\,;:"]+$/.test(local);
  return fits && of && !host.startsWith('*') ? `${local}@${of}` : null;
}

/** As URLs write it: the short form of IPv6, without a zone. */
function ip(text: string): string | null {
  if (isIP(text) === 4) return text;
  if (isIP(text) !== 6 || text.includes('%')) return null;
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

/** IPv6 stands in brackets there. */
function urlHost(text: string): string | null {
  const address = ip(text.replace(/^\[(.*)\]$/, '$1'));
  return address?.includes(':') ? `[${address}]` : address;
}

const normalisers: Record<Kind, { normalise(text: string): string | null; expected: string }> = {
  address: { normalise: address, expected: 'an e-mail address' },
  domain: { normalise: domain, expected: 'a domain that somebody has registered, or one below it' },
  ip: { normalise: ip, expected: 'an IPv4 or IPv6 address' },
  'url-host': {
    normalise: (text) => urlHost(text) ?? domain(text),
    expected: 'the host of an address: a domain or an IP address',
  },
  sha256: {
    normalise: (text) => (/^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null),
    expected: 'a SHA-256 in hex',
  },
};

/** An entry's value as it is compared. Throws when it is not of its kind. */
export function normaliseValue(kind: Kind, value: string): string {
  const { normalise, expected } = normalisers[kind];
  const normalised = normalise(value.trim());
  if (normalised === null) throw errors.validation([{ path: '/value', message: `must be ${expected}` }]);
  return normalised;
}

/** Throws when an entry would be over before it begins. */
export function checkExpiry(expiresAt: string | undefined, now: Date): void {
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime())
    throw errors.validation([{ path: '/expiresAt', message: 'must be in the future' }]);
}

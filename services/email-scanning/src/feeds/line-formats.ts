import { isIP } from 'node:net';
import type { Feed } from '@stockade/contracts/email-scanning';
import { isPublicAddress } from '@stockade/service-kit/public-addresses';
import { hostIndicator, type Indicator, plainDomain, webAddress } from './indicator.ts';
import { isPopular } from './popular.ts';

/** What a line says; null when it is none of the format. Nothing when it says something that is not matched. */
export type ReadLine = (line: string) => Indicator[] | null;

function urlIndicators(text: string): Indicator[] | null {
  const address = webAddress(text);
  return address && [{ kind: 'url', value: address.page + address.query }, ...hostIndicator(address.host)];
}

/** The fields of a line of CSV (RFC 4180; no field goes over the line's end). */
export function csvFields(line: string): string[] {
  const fields: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    const quoted = line[at] === '"';
    let end = quoted ? at + 1 : line.indexOf(',', at);
    if (!quoted) {
      if (end < 0) end = line.length;
      fields.push(line.slice(at, end).trim());
    } else {
      while (end < line.length && (line[end] !== '"' || line[end + 1] === '"'))
        end += line[end] === '"' ? 2 : 1;
      fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
      const comma = line.indexOf(',', end);
      end = comma < 0 ? line.length : comma;
    }
    at = end;
  }
  return fields;
}

/** URLhaus tells its columns in a comment, others in the first row. Without any the first web address of a row counts. */
function urlhausReader(): ReadLine {
  let column: number | null = null;
  return (line) => {
    const fields = csvFields(line.replace(/^#\s*/, ''));
    const named = fields.findIndex((field) => field.toLowerCase() === 'url');
    if (named >= 0 && fields.length > 1) {
      column ??= named;
      return [];
    }
    if (line.startsWith('#')) return [];
    const text = column === null ? fields.find((field) => /^https?:\/\//i.test(field)) : fields[column];
    return text === undefined ? null : urlIndicators(text);
  };
}

const names = new Set(['localhost', 'local', 'broadcasthost', 'localhost.localdomain', '0.0.0.0']);

function domainIndicators(texts: readonly string[]): Indicator[] | null {
  const domains = texts.filter((text) => !names.has(text) && !text.startsWith('ip6-')).map(plainDomain);
  if (domains.length > 0 && domains.every((domain) => domain === null)) return null;
  return domains.flatMap((value) => (value && !isPopular(value) ? [{ kind: 'domain', value } as const] : []));
}

/** Plain, `0.0.0.0 domain`, `*.domain`, and `||domain^` with whatever options. */
function readDomain(line: string): Indicator[] | null {
  if (line.startsWith('@@') || line.startsWith('[')) return [];
  const rule = /^\|\|([^/^$|*]+)\^?(\$.*)?$/.exec(line);
  if (rule) return domainIndicators([rule[1] ?? '']);
  const [first = '', ...rest] = line
    .replace(/\s#.*$/, '')
    .trim()
    .split(/\s+/);
  if (isIP(first)) return rest.length > 0 ? domainIndicators(rest) : null;
  return rest.length === 0 ? domainIndicators([first.replace(/^\*\./, '')]) : null;
}

const sha256 = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i;

/** Alone, a column of CSV, or as sha256sum prints it. */
function readHash(line: string): Indicator[] | null {
  const [value] = sha256.exec(line) ?? [];
  if (value) return [{ kind: 'sha256', value: value.toLowerCase() }];
  return /sha-?256/i.test(line) ? [] : null;
}

function readIp(line: string): Indicator[] | null {
  const [text = ''] = line.split(/[\s,;#]/);
  const version = isIP(text);
  if (version === 0) return null;
  const value = version === 6 ? new URL(`http://[${text.replace(/%.*$/, '')}]`).hostname.slice(1, -1) : text;
  return isPublicAddress(value) ? [{ kind: 'ip', value }] : [];
}

/** Makes what reads a feed's lines; some formats remember their columns. */
export const lineReaders: Record<Feed['format'], () => ReadLine> = {
  'urlhaus-csv': urlhausReader,
  'url-list': () => (line) => urlIndicators(line.split(/\s/)[0] ?? ''),
  'domain-list': () => readDomain,
  'sha256-list': () => readHash,
  'ip-list': () => readIp,
};

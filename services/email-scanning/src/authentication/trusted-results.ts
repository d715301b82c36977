import { registrable } from '../engine/domains.ts';
import type { Authentication, AuthResult } from '../engine/types.ts';

interface MethodResult {
  method: string;
  result: string;
  /** `header.d`, `smtp.mailfrom`, `policy.dmarc` …, lower case. */
  properties: Record<string, string>;
  /** What stands in brackets. */
  comment: string;
}

const maxLength = 8_000;
const maxResults = 30;

/** Cuts a header at its semicolons; comments go aside, quotation marks go. Time is linear. */
function parts(value: string): { text: string; comment: string }[] {
  const found = [{ text: '', comment: '' }];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < Math.min(value.length, maxLength); at++) {
    const char = value[at] ?? '';
    const part = found[found.length - 1];
    if (!part) break;
    if (char === '\\') {
      if (depth === 0) part.text += value[at + 1] ?? '';
      at++;
    } else if (depth === 0 && char === '"') quoted = !quoted;
    else if (!quoted && char === '(') depth++;
    else if (!quoted && depth > 0 && char === ')') depth--;
    else if (depth > 0) part.comment += char;
    else if (!quoted && char === ';' && found.length <= maxResults) found.push({ text: '', comment: '' });
    else part.text += char;
  }
  return found;
}

function methodOf({ text, comment }: { text: string; comment: string }): MethodResult | null {
  const tokens = text
    .replace(/\s*=\s*/g, '=')
    .trim()
    .split(/\s+/);
  const [method, result] = (tokens[0] ?? '').toLowerCase().split('=');
  if (!method || !result) return null;
  const properties: Record<string, string> = {};
  for (const token of tokens.slice(1)) {
    const equals = token.indexOf('=');
    if (equals > 0) properties[token.slice(0, equals).toLowerCase()] = token.slice(equals + 1).toLowerCase();
  }
  return { method: method.split('/')[0] ?? method, result, properties, comment: comment.toLowerCase() };
}

/** A header's server and results (RFC 8601); null when it is none. */
export function parseResults(value: string): { server: string; results: MethodResult[] } | null {
  const [first, ...rest] = parts(value);
  const server = first?.text.trim().split(/\s+/)[0]?.toLowerCase();
  return server ? { server, results: rest.flatMap((part) => methodOf(part) ?? []) } : null;
}

const results: Record<string, AuthResult> = {
  pass: 'pass',
  fail: 'fail',
  hardfail: 'fail',
  softfail: 'softfail',
  neutral: 'neutral',
  policy: 'neutral',
  none: 'none',
  temperror: 'temperror',
  permerror: 'permerror',
  bestguesspass: 'none',
};

const domainIn = (value: string | undefined) => value?.slice(value.lastIndexOf('@') + 1) || null;

/** Relaxed alignment: the same registered domain. */
const fits = (domain: string | null, from: string | null) =>
  domain !== null && from !== null && registrable(domain) === registrable(from);

function policyOf(dmarc: MethodResult | undefined): Authentication['policy'] {
  const written =
    dmarc?.properties['policy.dmarc'] ?? /\bp=(none|quarantine|reject)\b/.exec(dmarc?.comment ?? '')?.[1];
  return written === 'none' || written === 'quarantine' || written === 'reject' ? written : null;
}

/**
 * What a trusted server in front of ours found: it stands in the topmost headers. The first one that is not of such a server ends
 * them: what follows came with the mail, and anybody may have written it. (A trusted server removes headers that name itself, RFC
 * 8601, section 5.)
 */
export function trustedResults(
  headers: readonly string[],
  from: string | null,
  trusted: readonly string[],
): Authentication | null {
  const servers = new Set(trusted.map((id) => id.toLowerCase()));
  const found: MethodResult[] = [];
  for (const header of headers) {
    const parsed = parseResults(header);
    if (!parsed || !servers.has(parsed.server)) break;
    found.push(...parsed.results);
  }
  if (found.length === 0) return null;
  const of = (method: string) => found.filter((result) => result.method === method);
  const resultOf = (method: MethodResult | undefined) => (method && results[method.result]) || 'none';
  const signatures = of('dkim');
  const signedBy = (result: MethodResult) =>
    domainIn(result.properties['header.d'] ?? result.properties['header.i']);
  const passed = signatures.filter(({ result }) => result === 'pass');
  const signature = passed.find((result) => fits(signedBy(result), from)) ?? passed[0] ?? signatures[0];
  const [spf] = of('spf');
  const [dmarc] = of('dmarc');
  const spfFits =
    spf?.result === 'pass' &&
    fits(domainIn(spf.properties['smtp.mailfrom'] ?? spf.properties['smtp.helo']), from);
  const dkimDomain = signature?.result === 'pass' ? signedBy(signature) : null;
  return {
    from: 'trusted',
    spf: resultOf(spf),
    dkim: resultOf(signature),
    dmarc: resultOf(dmarc),
    arc: resultOf(of('arc')[0]),
    dkimDomain,
    aligned: dmarc ? dmarc.result === 'pass' : spfFits || fits(dkimDomain, from),
    policy: policyOf(dmarc),
  };
}

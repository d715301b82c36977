import { authenticate, type DKIMResult } from 'mailauth';
import type { Authentication, AuthResult } from '../engine/types.ts';
import type { Resolver } from './resolver.ts';

/** What the connection says that brought the mail. */
export interface Sender {
  mailFrom: string | null;
  clientIp: string | null;
  helo: string | null;
}

const known = new Set<string>(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']);
const resultOf = (result: string | undefined): AuthResult =>
  result && known.has(result) ? (result as AuthResult) : result === 'temperr' ? 'temperror' : 'none';

/** A signature's result. A body that was changed counts as broken; a key that is not there proves nothing. */
function signatureResult({ status }: DKIMResult): AuthResult {
  if (status.result === 'policy') return 'neutral';
  if (status.result === 'neutral' && /body hash/i.test(status.comment ?? '')) return 'fail';
  return resultOf(status.result);
}

const rank: AuthResult[] = ['pass', 'temperror', 'fail', 'permerror', 'softfail', 'neutral', 'none'];

/** Of several signatures the one that counts: one that fits the sender, then any that passes. */
function bestSignature(results: readonly DKIMResult[]) {
  const judged = results.map((signature) => ({
    result: signatureResult(signature),
    domain: signature.signingDomain ?? null,
    aligned: Boolean(signature.status.aligned),
  }));
  return judged.sort(
    (a, b) => rank.indexOf(a.result) - rank.indexOf(b.result) || Number(b.aligned) - Number(a.aligned),
  )[0];
}

/**
 * Verifies SPF, DKIM, DMARC and ARC. What could not be looked up never counts as failed: without the client's address SPF is not
 * known, and with a part of it unknown neither is that DMARC fails.
 */
export async function verify(
  raw: Uint8Array,
  { mailFrom, clientIp, helo }: Sender,
  resolve: Resolver['resolve'],
): Promise<Authentication> {
  const result = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ...(clientIp ? { ip: clientIp } : {}),
    ...(helo ? { helo } : {}),
    sender: mailFrom ?? '',
    mta: 'scanner.invalid',
    disableBimi: true,
    resolver: (name, type) => resolve(name, type as never) as Promise<string[]>,
  });
  const spf = clientIp && result.spf ? resultOf(result.spf.status.result) : 'none';
  const best = bestSignature(result.dkim.results);
  const dkim = best?.result ?? 'none';
  const said = result.dmarc ? resultOf(result.dmarc.status.result) : 'none';
  const unknown = !clientIp || spf === 'temperror' || dkim === 'temperror';
  const dmarc = said === 'fail' && unknown ? (clientIp ? 'temperror' : 'none') : said;
  const policy = result.dmarc ? result.dmarc.policy : null;
  const aligned =
    dmarc === 'pass' ||
    (dkim === 'pass' && best?.aligned === true && (dmarc === 'none' || dmarc === 'temperror'));
  return {
    from: 'checked',
    spf,
    dkim,
    dmarc,
    arc: result.arc ? resultOf(result.arc.status.result) : 'none',
    dkimDomain: dkim === 'pass' ? (best?.domain ?? null) : null,
    aligned,
    policy: policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : null,
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a signature's time may be from ours, in seconds. */
export const toleranceSeconds = 300;

/** What of a call is signed besides its time. */
export interface Signed {
  envelopeFrom: string | undefined;
  envelopeTo: string | undefined;
  clientIp: string | undefined;
  body: Buffer;
}

const signatureShape = /^t=([1-9][0-9]{0,11})((?:,v[0-9]=[0-9A-Za-z+/=_-]{1,200}){1,8})$/;

/** HMAC-SHA256 over the time, the envelope and the body; headers cannot hold the line feeds that keep them apart. */
export function sign(secret: string, seconds: number, signed: Signed): Buffer {
  const { envelopeFrom = '', envelopeTo = '', clientIp = '', body } = signed;
  return createHmac('sha256', secret)
    .update(`${seconds}\n${envelopeFrom}\n${envelopeTo}\n${clientIp}\n`)
    .update(body)
    .digest();
}

/**
 * Checks `t=<seconds>,v1=<hex>` with each of the secrets; a provider that changes keys may send several of `v1`, and versions that we do not know.
 * Gives the signature that holds, to be taken once, and when it expires; null when none does.
 */
export function verify(
  header: string | undefined,
  secrets: readonly string[],
  { signed, now }: { signed: Signed; now: Date },
): { signature: Buffer; expiresAt: Date } | null {
  const match = signatureShape.exec(header ?? '');
  if (!match) return null;
  const seconds = Number(match[1]);
  if (Math.abs(now.getTime() / 1_000 - seconds) > toleranceSeconds) return null;
  const given = (match[2] ?? '')
    .split(',')
    .filter((part) => /^v1=[0-9a-f]{64}$/.test(part))
    .map((part) => Buffer.from(part.slice(3), 'hex'));
  const signature = secrets
    .map((secret) => sign(secret, seconds, signed))
    .find((expected) => given.some((part) => timingSafeEqual(part, expected)));
  if (!signature) return null;
  return { signature, expiresAt: new Date((seconds + toleranceSeconds + 1) * 1_000) };
}

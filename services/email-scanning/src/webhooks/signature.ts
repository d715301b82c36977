import { createHmac, timingSafeEqual } from 'node:crypto';
import { readSignature, signatureToleranceSeconds } from '@stockade/contracts/email-scanning';

/** What of a call is signed besides its time. */
export interface Signed {
  envelopeFrom: string | undefined;
  envelopeTo: string | undefined;
  clientIp: string | undefined;
  body: Buffer;
}

/** HMAC-SHA256 over the time, the envelope and the body; headers cannot hold the line feeds that keep them apart. */
export function sign(secret: string, seconds: number, signed: Signed): Buffer {
  const { envelopeFrom = '', envelopeTo = '', clientIp = '', body } = signed;
  return createHmac('sha256', secret)
    .update(`${seconds}\n${envelopeFrom}\n${envelopeTo}\n${clientIp}\n`)
    .update(body)
    .digest();
}

/**
 * Checks a signature with each of the secrets. Gives the one that holds, to be taken once, and when it expires; null when none
 * does.
 */
export function verify(
  header: string | undefined,
  secrets: readonly string[],
  { signed, now }: { signed: Signed; now: Date },
): { signature: Buffer; expiresAt: Date } | null {
  const read = readSignature(header, now);
  if (!read) return null;
  const { seconds } = read;
  const given = read.given.map((hex) => Buffer.from(hex, 'hex'));
  const signature = secrets
    .map((secret) => sign(secret, seconds, signed))
    .find((expected) => given.some((part) => timingSafeEqual(part, expected)));
  if (!signature) return null;
  return { signature, expiresAt: new Date((seconds + signatureToleranceSeconds + 1) * 1_000) };
}

import { createHmac, randomBytes } from 'node:crypto';
import { deviceCookie, deviceHeader } from '@stockade/contracts/identity';
import type { Service } from '@stockade/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { setCookie } from './cookies.ts';
import { equalSecrets } from './keys.ts';

/** A random name of the browser, then a proof for each account that signed in with it, the latest first. */
const form = /^[A-Za-z0-9_-]{22}(\.[A-Za-z0-9_-]{22}){1,10}$/;
const maxAccounts = 10;
const lifetimeSeconds = 365 * 24 * 3_600;
const nameBytes = 16;

const newDevice = () => randomBytes(nameBytes).toString('base64url');

function proofOf(secret: string, device: string, email: string): string {
  const mac = createHmac('sha256', secret).update(`device ${device} ${email.toLowerCase()}`).digest();
  return mac.subarray(0, nameBytes).toString('base64url');
}

function read(request: FastifyRequest): { device: string | undefined; proofs: string[] } {
  const value = request.headers[deviceHeader];
  const [device, ...proofs] = typeof value === 'string' && form.test(value) ? value.split('.') : [];
  return { device, proofs };
}

/** The device's name when somebody signed in to this account with it before, as its cookie proves; else null. */
export function knownDevice(
  { secrets }: Service<IdentityDb>,
  request: FastifyRequest,
  email: string,
): Buffer | null {
  const { device, proofs } = read(request);
  const expected = secrets
    .accepted('SESSION_SECRET')
    .map((secret) => Buffer.from(proofOf(secret, device ?? '', email)));
  const isKnown = proofs.some((proof) => expected.some((one) => equalSecrets(Buffer.from(proof), one)));
  return device && isKnown ? Buffer.from(device, 'base64url') : null;
}

/**
 * From now on the device is known to this account (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 * Others that signed in with it stay known: a terminal in a warehouse has many users.
 */
export function rememberDevice(
  { secrets, config }: Service<IdentityDb>,
  request: FastifyRequest,
  reply: FastifyReply,
  email: string,
): void {
  const { device = newDevice(), proofs } = read(request);
  const proof = proofOf(secrets.current('SESSION_SECRET'), device, email);
  const value = [device, proof, ...proofs.filter((one) => one !== proof).slice(0, maxAccounts - 1)].join('.');
  setCookie(config as Config, reply, { name: deviceCookie, value, maxAgeSeconds: lifetimeSeconds });
}

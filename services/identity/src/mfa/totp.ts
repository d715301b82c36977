import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with what every authenticator app takes: SHA-1, 6 digits, 30 s. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const issuer = 'Stockade';

const read = (secret: Buffer) => Secret.fromHex(secret.toString('hex'));

/** 160 bits, as RFC 4226 recommends. */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: 20 }).bytes);
}

/** What a person types into the app, and what its camera reads. */
export function enrolmentOf(secret: Buffer, email: string): { secret: string; uri: string } {
  const totp = new TOTP({ ...shape, issuer, label: email, secret: read(secret) });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step whose code this is: the present one, or one beside it (clocks differ); null for a wrong code. */
export function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...shape, secret: read(secret), token: code, timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period: shape.period, timestamp }) + delta;
}

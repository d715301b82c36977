import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Principal, type ServiceName } from '@stockade/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { Compile } from 'typebox/compile';

const issuer = 'stockade-gateway';
/** A token lives long enough for its reuse and the slowest call to begin, and no longer. */
const lifetimeSeconds = 60;
const reuseMs = 30_000;
const cacheSize = 10_000;

const isPrincipal = Compile(Principal);

const decodeKey = (base64Pem: string) => Buffer.from(base64Pem, 'base64').toString('utf8');

/** Keeps the newest entries: the oldest goes when it is full. */
function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
}

export interface PrincipalSigner {
  /** A token that `audience` alone accepts. The same principal gets the same token for 30 s. */
  sign(principal: Principal, audience: ServiceName): Promise<string>;
}

interface Signed {
  token: Promise<string>;
  until: number;
}

/** `privateKey`: Ed25519, PKCS #8 PEM in base64. */
export function createPrincipalSigner(privateKey: string): PrincipalSigner {
  const key: KeyObject = createPrivateKey(decodeKey(privateKey));
  const tokens = new Map<string, Signed>();
  // The caller keeps one object for each credential: for the same one nothing has to be compared. Principals do not change.
  const byObject = new WeakMap<Principal, Map<ServiceName, Signed>>();

  const signedFor = (principal: Principal, audience: ServiceName): Signed => {
    const cacheKey = `${audience} ${JSON.stringify(principal)}`;
    const cached = tokens.get(cacheKey);
    if (cached && cached.until > Date.now()) return cached;
    const token = new SignJWT({ principal })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    const signed = { token, until: Date.now() + reuseMs };
    remember(tokens, cacheKey, signed);
    return signed;
  };
  return {
    sign(principal, audience) {
      const ofObject = byObject.get(principal) ?? new Map<ServiceName, Signed>();
      let signed = ofObject.get(audience);
      if (!signed || signed.until <= Date.now()) {
        signed = signedFor(principal, audience);
        byObject.set(principal, ofObject.set(audience, signed));
      }
      return signed.token;
    },
  };
}

export interface PrincipalVerifier {
  /** The principal a token vouches for, or null for anything but a valid, current token for this audience. */
  verify(token: string): Promise<Principal | null>;
}

/** `publicKey`: Ed25519, SPKI PEM in base64. Clocks may differ by 5 s. */
export function createPrincipalVerifier(publicKey: string, audience: string): PrincipalVerifier {
  const key: KeyObject = createPublicKey(decodeKey(publicKey));
  const verified = new Map<string, { principal: Principal; until: number }>();
  return {
    async verify(token) {
      const cached = verified.get(token);
      if (cached) {
        if (cached.until > Date.now()) return cached.principal;
        verified.delete(token);
      }
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer,
          audience,
          algorithms: ['EdDSA'],
          clockTolerance: 5,
          // From the issue on, which must lie behind us: one that was made for later is no good now either.
          maxTokenAge: lifetimeSeconds,
          requiredClaims: ['exp', 'iat'],
        });
        const lifetime = (payload.exp ?? 0) - (payload.iat ?? 0);
        if (lifetime > lifetimeSeconds || !isPrincipal.Check(payload.principal)) return null;
        remember(verified, token, { principal: payload.principal, until: (payload.exp ?? 0) * 1_000 });
        return payload.principal;
      } catch {
        return null;
      }
    },
  };
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Principal, type ServiceName } from '@stockade/contracts';
import { checkOf } from '@stockade/contracts/checks';
import { jwtVerify, SignJWT } from 'jose';

const issuer = 'stockade-gateway';
/** A token lives long enough for its reuse and the slowest call to begin, and no longer. */
const lifetimeSeconds = 60;
const reuseMs = 30_000;
const clockToleranceMs = 5_000;
const cacheSize = 10_000;

const isPrincipal = checkOf(Principal);

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
  /** From now on tokens are made anew: those from before were refused. */
  forget(): void;
}

interface Signed {
  token: Promise<string>;
  /** By a clock that never steps, and by the time of day, which the token's own times are of. */
  at: { steady: number; day: number };
}

/** Both clocks have to agree that it is new: after a step of the time of day a token is as good as from another day. */
function isFresh({ at }: Signed): boolean {
  const elapsed = [performance.now() - at.steady, Date.now() - at.day] as const;
  return elapsed.every((ms) => ms < reuseMs) && elapsed[1] > -clockToleranceMs;
}

/** A key, or what tells it (or them, newest first) each time: so it may change while the process runs. */
type OneKey = string | (() => string);
type Keys = string | (() => readonly string[]);

/** Names a key in the tokens that it signed: the beginning of the SHA-256 of its public half. */
const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 16);

interface SigningKey {
  text: string;
  id: string;
  key: KeyObject;
}

function readSigningKey(text: string): SigningKey {
  const key = createPrivateKey(decodeKey(text));
  return { text, id: keyIdOf(createPublicKey(key)), key };
}

interface SignerOptions {
  /**
   * The public keys that services accept. A new private key is not used before its public half is among them: services
   * would refuse every call.
   */
  published?: () => readonly string[];
  /** Told, once for each key, why a new one is not used. */
  onUnusable?: (reason: string) => void;
}

/** The key to sign with now; `onSwitch` is told when it is another one. */
function signingKeys(
  latest: () => string,
  onSwitch: () => void,
  { published, onUnusable }: SignerOptions,
): () => SigningKey {
  let signing = readSigningKey(latest());
  // What was looked at already: another look would find the same.
  let refused = { text: '', published: '' };
  return () => {
    const text = latest();
    if (text === signing.text) return signing;
    const accepted = published?.() ?? [];
    const seen = { text, published: accepted.join(' ') };
    if (seen.text === refused.text && seen.published === refused.published) return signing;
    try {
      const next = readSigningKey(text);
      if (published && !accepted.some((key) => keyIdOf(createPublicKey(decodeKey(key))) === next.id))
        throw new Error('its public half is not among the published keys');
      signing = next;
      onSwitch();
    } catch (error) {
      if (seen.text !== refused.text) onUnusable?.((error as Error).message);
      refused = seen;
    }
    return signing;
  };
}

/** `privateKey`: Ed25519, PKCS #8 PEM in base64. */
export function createPrincipalSigner(privateKey: OneKey, options: SignerOptions = {}): PrincipalSigner {
  const tokens = new Map<string, Signed>();
  // The caller keeps one object for each credential: for the same one nothing has to be compared. Principals do not change.
  let byObject = new WeakMap<Principal, Map<ServiceName, Signed>>();
  const forget = () => {
    tokens.clear();
    byObject = new WeakMap();
  };
  const keyNow = signingKeys(typeof privateKey === 'string' ? () => privateKey : privateKey, forget, options);

  const signedFor = (principal: Principal, audience: ServiceName, { id, key }: SigningKey): Signed => {
    const cacheKey = `${audience} ${JSON.stringify(principal)}`;
    const cached = tokens.get(cacheKey);
    if (cached && isFresh(cached)) return cached;
    const token = new SignJWT({ principal })
      .setProtectedHeader({ alg: 'EdDSA', kid: id })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    const signed = { token, at: { steady: performance.now(), day: Date.now() } };
    remember(tokens, cacheKey, signed);
    return signed;
  };
  return {
    sign(principal, audience) {
      const key = keyNow();
      const ofObject = byObject.get(principal) ?? new Map<ServiceName, Signed>();
      let signed = ofObject.get(audience);
      if (!signed || !isFresh(signed)) {
        signed = signedFor(principal, audience, key);
        byObject.set(principal, ofObject.set(audience, signed));
      }
      return signed.token;
    },
    forget,
  };
}

export interface PrincipalVerifier {
  /** The principal a token vouches for, or null for anything but a valid, current token for this audience. */
  verify(token: string): Promise<Principal | null>;
}

/** Public keys by their ids, read anew only when they change. What is no key is passed over: the others still hold. */
function keysById(publicKeys: Keys): () => Map<string, KeyObject> {
  const latest = typeof publicKeys === 'string' ? () => [publicKeys] : publicKeys;
  let known = '';
  let keys = new Map<string, KeyObject>();
  return () => {
    const texts = latest();
    if (texts.join(' ') === known) return keys;
    known = texts.join(' ');
    keys = new Map();
    for (const text of texts) {
      try {
        const key = createPublicKey(decodeKey(text));
        keys.set(keyIdOf(key), key);
      } catch {}
    }
    return keys;
  };
}

/** `publicKeys`: Ed25519, SPKI PEM in base64; a token names its key. Clocks may differ by 5 s. */
export function createPrincipalVerifier(publicKeys: Keys, audience: string): PrincipalVerifier {
  const keys = keysById(publicKeys);
  if (keys().size === 0) throw new Error('PRINCIPAL_PUBLIC_KEY is no public key (SPKI PEM in base64)');
  const verified = new Map<string, { principal: Principal; until: number }>();
  return {
    async verify(token) {
      const cached = verified.get(token);
      if (cached) {
        if (cached.until > performance.now()) return cached.principal;
        verified.delete(token);
      }
      try {
        const keyOf = ({ kid }: { kid?: string }) => {
          // A gateway of the version before names none.
          const key = kid === undefined ? [...keys().values()][0] : keys().get(kid);
          if (!key) throw new Error('The key is not known');
          return key;
        };
        const { payload } = await jwtVerify(token, keyOf, {
          issuer,
          audience,
          algorithms: ['EdDSA'],
          clockTolerance: clockToleranceMs / 1_000,
          // From the issue on, which must lie behind us: one that was made for later is no good now either.
          maxTokenAge: lifetimeSeconds,
          requiredClaims: ['exp', 'iat'],
        });
        const lifetime = (payload.exp ?? 0) - (payload.iat ?? 0);
        if (lifetime > lifetimeSeconds || !isPrincipal(payload.principal)) return null;
        const leftMs = (payload.exp ?? 0) * 1_000 - Date.now();
        // By a clock that never steps: set back, the time of day would make it live longer.
        remember(verified, token, { principal: payload.principal, until: performance.now() + leftMs });
        return payload.principal;
      } catch {
        return null;
      }
    },
  };
}

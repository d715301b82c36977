import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** The little of CBOR (RFC 8949) that attestations and keys are made of. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as never)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

export interface Behaviour {
  origin?: string;
  rpId?: string;
  /** Whether it asked for PIN, finger or face. */
  verifies?: boolean;
  type?: string;
  challenge?: string;
}

/**
 * An authenticator in software, as WebAuthn Level 3 describes one: a P-256 key, attestation `none`. `counter` is what it
 * says at its next use; what it signs and says may be bent for tests of refusals.
 */
export function createAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const coseKey = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
  const dataOf = (rpId: string, bits: number, counter: number, attested = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.of(bits), count, attested]);
  };
  const clientData = (type: string, challenge: string, { origin = 'https://stockade.example' }: Behaviour) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const bitsOf = ({ verifies = true }: Behaviour) => flags.present | (verifies ? flags.verified : 0);
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' };

  const authenticator = {
    id: named.id,
    counter: 0,
    userHandle: '',
    /** Answers creation options. */
    create(options: { challenge: string; user: { id: string } }, behaviour: Behaviour = {}) {
      authenticator.userHandle = options.user.id;
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, coseKey]);
      const {
        rpId = 'stockade.example',
        type = 'webauthn.create',
        challenge = options.challenge,
      } = behaviour;
      const authData = dataOf(rpId, bitsOf(behaviour) | flags.attested, authenticator.counter, attested);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData(type, challenge, behaviour).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    /** Answers request options. */
    get(options: { challenge: string }, behaviour: Behaviour = {}) {
      const { rpId = 'stockade.example', type = 'webauthn.get', challenge = options.challenge } = behaviour;
      const authenticatorData = dataOf(rpId, bitsOf(behaviour), authenticator.counter);
      const client = clientData(type, challenge, behaviour);
      const signed = Buffer.concat([authenticatorData, sha256(client)]);
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: createSign('SHA256').update(signed).sign(privateKey).toString('base64url'),
          userHandle: authenticator.userHandle,
        },
      };
    },
  };
  return authenticator;
}

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signature type of C2SP signed-note for Ed25519. */
const ed25519 = 0x01;
/** What stands before a raw Ed25519 public key in its SPKI form (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export class BadCheckpoint extends Error {
  override name = 'BadCheckpoint';
}

/** The 32 bytes of a key pair's public half. */
function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key as never)
    .export({ type: 'spki', format: 'der' })
    .subarray(spkiPrefix.length);
}

/** C2SP signed-note: the first four bytes of SHA-256(name || 0x0A || type || key). */
function keyId(name: string, publicKey: Buffer): Buffer {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ed25519]), publicKey]);
  return createHash('sha256').update(input).digest().subarray(0, 4);
}

/** The log's public key as text, `name+id+key`: all that somebody needs to check its checkpoints. */
export function verifierKey(name: string, privateKey: KeyObject): string {
  const publicKey = rawPublicKey(privateKey);
  const encoded = Buffer.concat([Buffer.from([ed25519]), publicKey]).toString('base64');
  return `${name}+${keyId(name, publicKey).toString('hex')}+${encoded}`;
}

export interface Checkpoint {
  /** Names the log; also the key's name. */
  origin: string;
  size: number;
  rootHash: Buffer;
}

/** A checkpoint as C2SP tlog-checkpoint text, signed as a C2SP signed-note. */
export function signCheckpoint({ origin, size, rootHash }: Checkpoint, privateKey: KeyObject): string {
  if (!/^[^\s+]+$/.test(origin)) throw new TypeError('An origin holds no white space and no plus sign');
  const text = `${origin}\n${size}\n${rootHash.toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text), privateKey);
  const signed = Buffer.concat([keyId(origin, rawPublicKey(privateKey)), signature]).toString('base64');
  return `${text}\n— ${origin} ${signed}\n`;
}

function parseVerifierKey(key: string): { name: string; id: Buffer; publicKey: Buffer } {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(key) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (!name || !id || bytes[0] !== ed25519 || bytes.length !== 33)
    throw new BadCheckpoint('This is no Ed25519 verifier key');
  const publicKey = bytes.subarray(1);
  if (!keyId(name, publicKey).equals(Buffer.from(id, 'hex')))
    throw new BadCheckpoint("The verifier key's id does not fit its key");
  return { name, id: Buffer.from(id, 'hex'), publicKey };
}

/**
 * Reads a checkpoint whose signature by that key is good. Throws BadCheckpoint for anything else. Signatures by others are
 * passed over, as the format wants it.
 */
export function openCheckpoint(note: string, key: string): Checkpoint {
  const { name, id, publicKey } = parseVerifierKey(key);
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new BadCheckpoint('This is no signed note');
  const text = note.slice(0, end + 1);
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line));
  const spki = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
  const good = signatures.some((match) => {
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    return (
      match?.[1] === name &&
      bytes.subarray(0, 4).equals(id) &&
      verify(null, Buffer.from(text), spki, bytes.subarray(4))
    );
  });
  if (!good) throw new BadCheckpoint('No good signature by that key');
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (origin !== name || size === undefined || root === undefined)
    throw new BadCheckpoint('The note is no checkpoint of that log');
  return { origin, size: Number(size), rootHash: Buffer.from(root, 'base64') };
}

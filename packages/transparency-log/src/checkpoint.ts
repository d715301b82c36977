import { type KeyObject, sign, verify } from 'node:crypto';
import {
  BadCheckpoint,
  formatVerifierKey,
  keyId,
  parseVerifierKey,
  rawPublicKey,
  signaturesBy,
  signatureTypes,
  splitNote,
} from './note.ts';

const type = signatureTypes.ed25519;

/** The log's public key as text, `name+id+key`: all that somebody needs to check its checkpoints. */
export const verifierKey = (name: string, privateKey: KeyObject): string =>
  formatVerifierKey(name, type, rawPublicKey(privateKey));

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
  const id = keyId(origin, type, rawPublicKey(privateKey));
  const signed = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64');
  return `${text}\n— ${origin} ${signed}\n`;
}

/**
 * Reads a checkpoint whose signature by that key is good. Throws BadCheckpoint for anything else. Signatures by others are
 * passed over, as the format wants it.
 */
export function openCheckpoint(signed: string, key: string): Checkpoint {
  const verifier = parseVerifierKey(key, type);
  const note = splitNote(signed);
  const good = signaturesBy(note, verifier).some(({ signature }) =>
    verify(null, Buffer.from(note.text), verifier.publicKey, signature),
  );
  if (!good) throw new BadCheckpoint('No good signature by that key');
  const [, origin, size, root] =
    /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(note.text) ?? [];
  if (origin !== verifier.name || size === undefined || root === undefined)
    throw new BadCheckpoint('The note is no checkpoint of that log');
  return { origin, size: Number(size), rootHash: Buffer.from(root, 'base64') };
}

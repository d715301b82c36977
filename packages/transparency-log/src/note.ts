import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** Signature types of C2SP signed-note: a log's own signature, and a witness's (tlog-cosignature). */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** What stands before a raw Ed25519 public key in its SPKI form (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export class BadCheckpoint extends Error {
  override name = 'BadCheckpoint';
}

/** The 32 bytes of a key pair's public half. */
export function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key as never)
    .export({ type: 'spki', format: 'der' })
    .subarray(spkiPrefix.length);
}

/** C2SP signed-note: the first four bytes of SHA-256(name || 0x0A || type || key). */
export function keyId(name: string, type: SignatureType, publicKey: Buffer): Buffer {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([type]), publicKey]);
  return createHash('sha256').update(input).digest().subarray(0, 4);
}

/** A public key as text, `name+id+key`. */
export function formatVerifierKey(name: string, type: SignatureType, publicKey: Buffer): string {
  const encoded = Buffer.concat([Buffer.from([type]), publicKey]).toString('base64');
  return `${name}+${keyId(name, type, publicKey).toString('hex')}+${encoded}`;
}

export interface VerifierKey {
  name: string;
  id: Buffer;
  publicKey: KeyObject;
}

/** Reads a public key of that type; throws BadCheckpoint for anything else. */
export function parseVerifierKey(key: string, type: SignatureType): VerifierKey {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(key) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (!name || !id || bytes[0] !== type || bytes.length !== 33)
    throw new BadCheckpoint('This is no Ed25519 verifier key of that type');
  const raw = bytes.subarray(1);
  if (!keyId(name, type, raw).equals(Buffer.from(id, 'hex')))
    throw new BadCheckpoint("The verifier key's id does not fit its key");
  const publicKey = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
  return { name, id: Buffer.from(id, 'hex'), publicKey };
}

export interface NoteSignature {
  /** As it stands in the note, without its newline. */
  line: string;
  name: string;
  id: Buffer;
  signature: Buffer;
}

export interface Note {
  /** What is signed, with its last newline. */
  text: string;
  signatures: NoteSignature[];
}

/** Takes a signed note apart; lines that are no signatures are passed over, as the format wants it. */
export function splitNote(note: string): Note {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new BadCheckpoint('This is no signed note');
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (name) signatures.push({ line, name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** Those that say they are by that key. */
export const signaturesBy = ({ signatures }: Note, { name, id }: VerifierKey): NoteSignature[] =>
  signatures.filter((signature) => signature.name === name && signature.id.equals(id));

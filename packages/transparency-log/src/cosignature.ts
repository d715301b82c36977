import { verify } from 'node:crypto';
import { type NoteSignature, parseVerifierKey, signaturesBy, signatureTypes, splitNote } from './note.ts';

export interface Cosignature {
  /** When the witness signed, in seconds since 1970. */
  time: number;
  /** Its line in the note, without a newline. */
  line: string;
}

/** C2SP tlog-cosignature, cosignature/v1: eight bytes of time and an Ed25519 signature. */
const signatureBytes = 8 + 64;

/**
 * What a witness with that key (type 0x04) signed of a checkpoint: that it saw this log at this size, consistent with all
 * it had seen before. Undefined when no line of the note is a good cosignature by it.
 */
export function findCosignature(signed: string, key: string): Cosignature | undefined {
  const verifier = parseVerifierKey(key, signatureTypes.cosignature);
  const note = splitNote(signed);
  const timeOf = ({ signature }: NoteSignature) => signature.readBigUInt64BE(0);
  const good = signaturesBy(note, verifier).find(
    (found) =>
      found.signature.length === signatureBytes &&
      verify(
        null,
        Buffer.from(`cosignature/v1\ntime ${timeOf(found)}\n${note.text}`),
        verifier.publicKey,
        found.signature.subarray(8),
      ),
  );
  return good && { time: Number(timeOf(good)), line: good.line };
}

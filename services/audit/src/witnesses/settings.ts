import { parseVerifierKey, signatureTypes } from '@stockade/transparency-log';

/** Somebody else who watches that the logs only grow, and says so under their checkpoints. */
export interface Witness {
  name: string;
  /** Its public key, as C2SP tlog-cosignature writes it. */
  key: string;
  /** Where it takes checkpoints: `<prefix>/add-checkpoint`. */
  url: URL;
}

export interface WitnessConfig {
  /** `<verifier key> <URL>`, and others after commas. */
  AUDIT_WITNESSES: string;
  AUDIT_WITNESS_TIMEOUT_SECONDS: number;
}

const maxWitnesses = 16;

function parseWitness(text: string): Witness {
  const [, key, prefix] = /^(\S+)\s+(https?:\/\/\S+)$/.exec(text) ?? [];
  if (!key || !prefix || !URL.canParse(prefix)) throw new Error('is no verifier key with a URL behind it');
  const { name } = parseVerifierKey(key, signatureTypes.cosignature);
  return { name, key, url: new URL(`${prefix.replace(/\/+$/, '')}/add-checkpoint`) };
}

/** Throws an error that says which of them cannot be read. */
export function parseWitnesses(text: string): Witness[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length > maxWitnesses) throw new Error(`AUDIT_WITNESSES names more than ${maxWitnesses}`);
  const witnesses = parts.map((part, at) => {
    try {
      return parseWitness(part);
    } catch (error) {
      throw new Error(`AUDIT_WITNESSES: number ${at + 1}: ${(error as Error).message}`);
    }
  });
  if (new Set(witnesses.map(({ name }) => name)).size < witnesses.length)
    throw new Error('AUDIT_WITNESSES names one twice');
  return witnesses;
}

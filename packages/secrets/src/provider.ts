/** One value that a secret has or had. */
export interface SecretVersion {
  /** Tells versions apart in logs: Vault's number, a file's time. Says nothing of the value. */
  readonly version: string;
  readonly value: string;
  /** When it became current, in ms since 1970, where that is known. */
  readonly since?: number;
}

/** What a secret is now, and what it was before and is still to be accepted; newest first. */
export interface SecretSet {
  readonly current: SecretVersion;
  readonly previous: readonly SecretVersion[];
}

/** Where secrets come from. */
export interface SecretProvider {
  readonly kind: 'env' | 'file' | 'vault';
  /** Null: there is no such secret. Throws SecretsUnavailable when that cannot be found out. */
  read(name: string): Promise<SecretSet | null>;
}

/** How many earlier values are accepted at most. */
export const maxPrevious = 4;

export type UnavailableReason = 'unreachable' | 'slow' | 'sealed' | 'throttled' | 'forbidden' | 'malformed';

/** The provider gave no answer that could be used. Its message holds no secret. */
export class SecretsUnavailable extends Error {
  override name = 'SecretsUnavailable';
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

const namePattern = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Names become parts of paths: nothing else gets there. */
export function checkName(name: string): void {
  if (!namePattern.test(name)) throw new Error(`${name} cannot be the name of a secret`);
}

/** The set of values listed newest first; null when there are none. */
export function toSet([current, ...previous]: readonly SecretVersion[]): SecretSet | null {
  return current ? { current, previous: previous.slice(0, maxPrevious) } : null;
}

import type { Authenticated, Revocation } from '@stockade/contracts/identity';

interface Entry {
  known: Authenticated;
  until: number;
}

const lifetimeMs = 10_000;
const maxEntries = 10_000;

/**
 * What identity said of credentials, for seconds. While revocations cannot be heard nothing is kept. A look-up that was
 * under way when something was revoked is not kept either: its answer may be older than the revocation.
 */
export class CredentialCache {
  readonly #entries = new Map<string, Entry>();
  readonly #underWay = new Map<string, Promise<Authenticated | null>>();
  #hearing = false;
  #revocations = 0;

  /** Whether revocations are heard. What was kept before they were not is forgotten. */
  setHearing(hearing: boolean): void {
    this.#hearing = hearing;
    this.#revocations++;
    this.#entries.clear();
    this.#underWay.clear();
  }

  get hearing(): boolean {
    return this.#hearing;
  }

  /** From the cache, or by `ask`; many calls with one credential at once ask once. */
  async get(hash: string, ask: () => Promise<Authenticated | null>): Promise<Authenticated | null> {
    const entry = this.#entries.get(hash);
    if (entry) {
      if (entry.until > performance.now()) return entry.known;
      this.#entries.delete(hash);
    }
    const running = this.#underWay.get(hash);
    if (running) return running;
    const asked = this.#askAndKeep(hash, ask).finally(() => {
      if (this.#underWay.get(hash) === asked) this.#underWay.delete(hash);
    });
    this.#underWay.set(hash, asked);
    return asked;
  }

  async #askAndKeep(hash: string, ask: () => Promise<Authenticated | null>): Promise<Authenticated | null> {
    const before = this.#revocations;
    const known = await ask();
    if (known && this.#hearing && before === this.#revocations) {
      const leftMs = known.expiresAt ? Date.parse(known.expiresAt) - Date.now() : Number.POSITIVE_INFINITY;
      if (this.#entries.size >= maxEntries) this.#entries.delete(this.#entries.keys().next().value as string);
      this.#entries.set(hash, { known, until: performance.now() + Math.min(lifetimeMs, leftMs) });
    }
    return known;
  }

  /** Forgets what was revoked. */
  evict({ sessionId, keyId, userId, tenantId }: Revocation): void {
    this.#revocations++;
    // Calls that begin now must not share the answer to a question asked before.
    this.#underWay.clear();
    for (const [hash, { known }] of this.#entries) {
      const { principal, credentialId } = known;
      const ended =
        credentialId === sessionId ||
        credentialId === keyId ||
        (userId !== undefined && principal.personId === userId) ||
        (tenantId !== undefined && principal.tenantId === tenantId);
      if (ended) this.#entries.delete(hash);
    }
  }
}

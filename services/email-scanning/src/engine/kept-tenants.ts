import type { TenantKnowledge } from './types.ts';

const maxKept = 8;

/**
 * What a thread knows of the tenants it worked for last. Both sides of the thread keep such a list and change it alike, so
 * that the main side knows what it need not send again.
 */
export class KeptTenants<Value = TenantKnowledge> {
  readonly #kept = new Map<string, Value>();

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** The value of that key, the given one when it is new; it is now the one used last. */
  use(key: string, given: Value | undefined): Value | undefined {
    const value = this.#kept.get(key) ?? given;
    if (value === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > maxKept) this.#kept.delete(this.#kept.keys().next().value as string);
    return value;
  }
}

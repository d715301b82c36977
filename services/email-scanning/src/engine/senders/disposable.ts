import { createRequire } from 'node:module';

// 120,000 names and patterns; JSON is read through require, which needs no flag and caches it.
const require = createRequire(import.meta.url);
const names = new Set<string>(require('disposable-email-domains') as string[]);
const wildcards = new Set<string>(require('disposable-email-domains/wildcard.json') as string[]);

/** Whether addresses there live for minutes (list: ivolo/disposable-email-domains). */
export function isDisposable(domain: string, registrable: string | null): boolean {
  return (
    names.has(domain) || (registrable !== null && (names.has(registrable) || wildcards.has(registrable)))
  );
}

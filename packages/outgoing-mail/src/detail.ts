const maxLength = 300;
const hidden = '***';

/** The forms in which a server might repeat what it was given. */
export function formsOf(secret: string): string[] {
  if (!secret) return [];
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, encodeURIComponent(secret), base64, base64.replace(/=+$/, '')];
}

/** A provider's words made fit to be stored and logged: without the given secrets, on one line, bounded. */
export function safeDetail(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length))
    safe = safe.replaceAll(secret, hidden);
  safe = safe.replace(/:\/\/[^\s/@]*@/g, `://${hidden}@`).replace(/[\p{Cc}\s]+/gu, ' ');
  return safe.length > maxLength ? `${safe.slice(0, maxLength)}…` : safe;
}

/** A network error's code, such as ECONNRESET: its message may hold addresses. */
export function codeOf(error: unknown): string {
  const { code, originalCode, name } = (error ?? {}) as Record<string, unknown>;
  for (const known of [originalCode, code, name])
    if (typeof known === 'string' && /^\w{1,60}$/.test(known)) return known;
  return 'unknown';
}

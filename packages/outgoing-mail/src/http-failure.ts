import type { Answer } from './http.ts';
import type { FailureKind } from './provider.ts';

const maxWaitSeconds = 24 * 60 * 60;
const misconfigured = new Set([401, 402, 403, 404, 405]);
const temporary = new Set([408, 425, 429]);

/** What a status other than success says. A redirect or a 2xx that was not agreed on is some other server. */
export function kindOfStatus(status: number): FailureKind {
  if (status >= 500 || temporary.has(status)) return 'temporary';
  if (status < 400 || misconfigured.has(status)) return 'misconfigured';
  return 'permanent';
}

const bounded = (seconds: number) => Math.min(maxWaitSeconds, Math.max(1, Math.ceil(seconds)));

/** `retry-after` (RFC 9110: seconds or a date) in whole seconds; null without a readable one. */
export function retryAfter(answer: Answer): number | null {
  const value = answer.header('retry-after');
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : bounded((date - Date.now()) / 1_000);
}

/** SendGrid's `x-ratelimit-reset`: the second, since 1970, at which requests are taken again. */
export function rateLimitReset(answer: Answer): number | null {
  const value = answer.header('x-ratelimit-reset');
  return value && /^\d+$/.test(value) ? bounded(Number(value) - Date.now() / 1_000) : null;
}

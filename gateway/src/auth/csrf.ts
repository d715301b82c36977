import { timingSafeEqual } from 'node:crypto';
import { ServiceError } from '@stockade/service-kit/errors';
import type { FastifyRequest } from 'fastify';

export interface OriginRules {
  /** As CORS_ORIGINS lists them. */
  allowed: ReadonlySet<string>;
  development: boolean;
}

const localHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a page of that origin may call: the gateway's own (the request's Host), a listed one, in development a local one. */
export function isAllowedOrigin(
  origin: string,
  host: string | undefined,
  { allowed, development }: OriginRules,
): boolean {
  if (allowed.has(origin)) return true;
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  return url.host === host || (development && localHosts.has(url.hostname));
}

const failed = (message: string) => new ServiceError('CSRF_FAILED', message);

/**
 * A change that comes with a session's cookie must prove that our own page sent it: by its origin, and by the token that
 * only who can read our answers has.
 */
export function checkCsrf(request: FastifyRequest, goodTokens: readonly string[], rules: OriginRules): void {
  const { origin, host } = request.headers;
  if (origin === undefined || !isAllowedOrigin(origin, host, rules)) {
    throw failed('This origin may not make changes with a session: send an Origin that is allowed.');
  }
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const isGiven = (token: string) => {
    const expected = Buffer.from(token);
    return expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  };
  if (!goodTokens.some(isGiven)) {
    throw failed('The header x-csrf-token is missing or wrong: GET /v1/auth/session gives it.');
  }
}

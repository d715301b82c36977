import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import { deviceCookie, sessionCookie } from '@stockade/contracts/identity';
import type { FastifyRequest } from 'fastify';

export interface Credential {
  kind: 'api_key' | 'session';
  value: string;
  /** Names it in caches: what is kept there opens nothing. */
  hash: string;
}

const maxLength = 512;
const cookiePattern = new RegExp(`(?:^|;\\s*)${sessionCookie}=([^;]+)`);

interface Seen {
  authorization: string | undefined;
  cookie: string | undefined;
  credential: Credential | null;
}

/** What the last call of a connection carried: the next one usually carries the same, and is not hashed again. */
const lastSeen = new WeakMap<Socket, Seen>();

/** The credential that a call carries; an API key goes before a cookie. Null when there is none. */
export function credentialOf({ headers, raw }: FastifyRequest): Credential | null {
  const { authorization, cookie } = headers;
  const seen = lastSeen.get(raw.socket);
  if (seen && seen.authorization === authorization && seen.cookie === cookie) return seen.credential;
  const credential = read(authorization, cookie);
  lastSeen.set(raw.socket, { authorization, cookie, credential });
  return credential;
}

function read(authorization: string | undefined, cookie: string | undefined): Credential | null {
  if (authorization !== undefined) {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    // Something was sent: what cannot be read is a wrong credential, not none.
    return make('api_key', key ?? 'unreadable');
  }
  const token = cookie ? cookiePattern.exec(cookie)?.[1] : undefined;
  return token ? make('session', token) : null;
}

function make(kind: Credential['kind'], value: string): Credential {
  const bounded = value.slice(0, maxLength);
  return {
    kind,
    value: bounded,
    hash: hash('sha256', `${kind} ${bounded}`, 'base64url'),
  };
}

const devicePattern = new RegExp(`(?:^|;\\s*)${deviceCookie}=([^;]+)`);

/** What tells identity that somebody signed in with this browser before. */
export function deviceOf({ headers: { cookie } }: FastifyRequest): string | undefined {
  return cookie ? devicePattern.exec(cookie)?.[1]?.slice(0, maxLength) : undefined;
}

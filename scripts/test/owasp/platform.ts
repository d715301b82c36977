import { randomBytes } from 'node:crypto';
import type { Role } from '@stockade/contracts';
import type { Teardown } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import { Person } from '../../demo/http.ts';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what is checked
  body: any;
}

/** One call, as it is told; nothing is added. */
export async function request(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
): Promise<Reply> {
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: body as never }),
  });
  const text = await answer.text();
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson && text ? JSON.parse(text) : null,
  };
}

export const json = { 'content-type': 'application/json' };

/** Signs in and gives what the browser holds then. */
export async function signIn(url: string, email: string, password: string, headers = {}) {
  const body = JSON.stringify({ email, password });
  const reply = await request(`${url}/v1/auth/login`, 'POST', { ...json, ...headers }, body);
  const setCookie = reply.headers.get('set-cookie') ?? '';
  return {
    reply,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
    csrfToken: (reply.body?.csrfToken ?? '') as string,
  };
}

export interface Platform {
  url: string;
  stack: Stack;
  owner: Person;
  /** A header with an API key that may do all that the owner may. */
  key: { authorization: string };
  operator: { authorization: string };
  /** A new person of a role. */
  newPerson(role: Role): Promise<{ id: string; email: string; password: string }>;
  /** A header with a new API key of these scopes, and its id. */
  newKey(scopes: readonly string[]): Promise<{ id: string; authorization: string }>;
}

/** A Stockade with its first tenant, whose owner is signed in. */
export async function startPlatform(t: Teardown, env: Record<string, string> = {}): Promise<Platform> {
  const stack = await startStack(t, env);
  const { url, credentials } = stack;
  const owner = await Person.signIn(url, credentials.email, credentials.password);
  const tag = () => randomBytes(4).toString('hex');
  return {
    url,
    stack,
    owner,
    key: { authorization: `Bearer ${credentials.apiKey}` },
    operator: { authorization: `Bearer ${credentials.operatorKey}` },
    async newPerson(role) {
      const person = { email: `${role}-${tag()}@owasp.example`, password: `Correct-horse-${tag()}` };
      const { id } = await owner.post('/v1/identity/users', { ...person, name: `A ${role}`, role });
      return { ...person, id };
    },
    async newKey(scopes) {
      const { id, key } = await owner.post('/v1/identity/api-keys', { name: `Key ${tag()}`, scopes });
      return { id, authorization: `Bearer ${key}` };
    },
  };
}

/** How the inside looks: nothing of it is for an answer, whatever was sent. */
export const inside =
  /\bat [\w./<>]+ \(|node_modules|\.ts:\d+|\bselect\s.+\sfrom\s|\binsert into\b|syntax error at or near|unterminated|\bpg_\w+|postgres(ql)?:|violates \w+|kysely|ECONN|password_hash|key_hash|token_hash|\$argon2/i;

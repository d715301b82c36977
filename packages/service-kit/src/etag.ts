import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { errors } from './errors.ts';

const quote = (version: number) => `"${version}"`;

/** The version that `If-Match` names, or null without one (`*` matches whatever is there). */
export function ifMatchVersion(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return null;
  const match = /^"([1-9][0-9]{0,9})"$/.exec(header.trim());
  // A tag that we never gave matches nothing.
  if (!match) throw errors.preconditionFailed();
  return Number(match[1]);
}

/** Whether If-None-Match names what would be sent. */
export function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const given = headers['if-none-match'];
  if (given === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return given.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag));
}

/** Resources carry their version as a strong tag; lists a weak one over what is sent. */
async function addTag(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
  if (!reply.hasHeader('etag'))
    reply.header('etag', `W/"${createHash('sha1').update(payload).digest('base64url')}"`);
  if (!isKnown(request, String(reply.getHeader('etag')))) return payload;
  reply.code(304).removeHeader('content-type');
  return null;
}

/** `ETag` on reads and on what a change answers; `If-None-Match` → 304. */
export const etags = fp(
  async (app) => {
    app.addHook('preSerialization', async (_request, reply, payload) => {
      const version = (payload as { version?: unknown } | null)?.version;
      if (typeof version === 'number' && reply.statusCode < 300) reply.header('etag', quote(version));
      return payload;
    });
    app.addHook('onSend', addTag);
  },
  { name: 'etags' },
);

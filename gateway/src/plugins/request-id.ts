import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';
import { v7 } from 'uuid';

const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

const randomBytes = 16;
const random = Buffer.alloc(256 * randomBytes);
let used = random.length;

/** An id of our own. Random bytes are fetched for many at once: each fetch costs as much as all the rest of an id. */
function newRequestId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += randomBytes;
  return v7({ random: random.subarray(used - randomBytes, used) });
}

/** The caller's own id when it is harmless in logs and headers, else a new one. */
export function requestIdOf(raw: IncomingMessage): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : newRequestId();
}

export const requestIds = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id);
      done();
    });
  },
  { name: 'request-ids' },
);

import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';
import { v7 } from 'uuid';

const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own id when it is harmless in logs and headers, else a new one. */
export function requestIdOf(raw: IncomingMessage): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : v7();
}

export const requestIds = fp(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
    });
  },
  { name: 'request-ids' },
);

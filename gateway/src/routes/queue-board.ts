import { defineOperation } from '@stockade/contracts';
import { allQueues, maskedJob, type QueueBackend } from '@stockade/messaging';
import { ServiceError } from '@stockade/service-kit/errors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Guard, guardCall } from '../auth/guard.ts';

const place = '/admin/queues';

/** Its fonts would come from another host: it does without them. */
const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ');

/** What the guard has to know. It is a page and no part of the API, so it stands in no document. */
const showQueueBoard = defineOperation({
  ...{ service: 'gateway', access: 'operator', tier: 'READ' },
  id: 'showQueueBoard',
  method: 'GET',
  path: place,
  summary: 'The queues in Redis, for operators',
  responses: { 200: Type.Unknown() },
});

/**
 * bull-board over the queues in Redis: to look at, not to change. Dead letters are replayed and discarded through the API, where
 * it is audited. An operator signs in with the browser's own question: any name, and the operator's key as the password.
 */
export function addQueueBoard(
  app: FastifyInstance,
  { guard, backend }: { guard: Guard; backend: QueueBackend },
): void {
  const board = createBoard(backend);
  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(request.headers.authorization);
    if (key !== null) request.headers.authorization = `Bearer ${key}`;
    try {
      await guardCall(guard, showQueueBoard, request, reply);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'UNAUTHENTICATED')
        reply.header('www-authenticate', 'Basic realm="Stockade operators", charset="UTF-8"');
      throw error;
    }
  };
  for (const url of [place, `${place}/*`]) {
    app.get(url, { onRequest: admit, compress: false as const }, async (request, reply) => {
      const page = await (await board()).inject({ method: 'GET', url: request.url });
      return reply
        .code(page.statusCode)
        .header('content-security-policy', boardPolicy)
        .type(String(page.headers['content-type'] ?? 'text/html; charset=utf-8'))
        .send(page.rawPayload);
    });
  }
}

/** The password of HTTP's Basic scheme; null when the caller sent something else. */
function keyOf(authorization: string | undefined): string | null {
  const [, encoded] = /^Basic +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

/** Made when it is first asked for: who never looks has nothing of it in memory. */
function createBoard(backend: QueueBackend) {
  let made: Promise<FastifyInstance> | undefined;
  const make = async () => {
    const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
      import('@bull-board/api'),
      import('@bull-board/api/bullMQAdapter'),
      import('@bull-board/fastify'),
    ]);
    const queues = allQueues.map((name) => {
      const shown = new BullMQAdapter(backend.queue(name) as never, { readOnlyMode: true });
      shown.setFormatter('data', maskedJob);
      return shown;
    });
    const serverAdapter = new FastifyAdapter().setBasePath(place);
    const uiConfig = { boardTitle: 'Stockade', hideRedisDetails: true };
    createBullBoard({ queues, serverAdapter, options: { uiConfig } });
    const server = Fastify();
    await server.register(serverAdapter.registerPlugin(), { prefix: place });
    await server.ready();
    return server;
  };
  return () => {
    made ??= make();
    return made;
  };
}

import { type Principal, type QueueName, queueOwner, queues, services } from '@stockade/contracts';
import {
  discardDeadLetter,
  discardDeadLetters,
  getDeadLetter,
  listDeadLetters,
  listQueues,
  replayDeadLetter,
  replayDeadLetters,
} from '@stockade/contracts/gateway';
import { errors } from '@stockade/service-kit/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Guard } from '../auth/guard.ts';
import { bodyText } from '../upstream/exchange.ts';
import { failedAnswer, type Upstreams } from '../upstream/upstreams.ts';
import { guardedRoute } from './guarded-route.ts';

type QueueParams = { queue: string; id?: string };

/** What operators ask of all queues; the gateway gathers it from the services that own them. */
export function addQueueRoutes(
  app: FastifyInstance,
  { guard, upstreams }: { guard: Guard; upstreams: Upstreams },
): void {
  guardedRoute(app, guard, listQueues, async (request) => {
    const answers = await Promise.all(
      services.map((service) =>
        upstreams.json(service, {
          method: 'GET',
          path: '/internal/queues',
          principal: request.principal as Principal,
        }),
      ),
    );
    return { data: answers.flatMap(({ body }) => (body as { data: unknown[] }).data) };
  });
  const ofOneQueue = [
    ...[listDeadLetters, getDeadLetter, replayDeadLetter, discardDeadLetter],
    ...[replayDeadLetters, discardDeadLetters],
  ];
  for (const operation of ofOneQueue)
    guardedRoute(app, guard, operation, (request, reply) => askOwner(upstreams, request, reply));
}

/** Hands a call about a queue to the service that owns it; its paths differ in their beginning alone. */
async function askOwner(
  upstreams: Upstreams,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { queue } = request.params as QueueParams;
  if (!queues.includes(queue as QueueName)) throw errors.notFound('Queue', queue);
  const body = request.body as Buffer | undefined;
  const answer = await upstreams
    .send(queueOwner(queue as QueueName), {
      method: request.method,
      path: request.url.replace('/v1/admin/', '/internal/'),
      principal: request.principal as Principal,
      headers: {
        'x-request-id': request.id,
        traceparent: request.traceparent,
        ...(body?.length ? { 'content-type': 'application/json' } : {}),
      },
      body: body?.length ? body : undefined,
    })
    .catch((error) => {
      const failed = failedAnswer(error);
      if (failed) return failed;
      throw error;
    });
  reply.code(answer.statusCode).type('application/json; charset=utf-8');
  return reply.send(rewritePath(await bodyText(answer), request));
}

/** An error's envelope names the path that was asked for, not the internal one. */
function rewritePath(body: string, request: FastifyRequest): string {
  if (!body.startsWith('{"error"')) return body;
  const envelope = JSON.parse(body) as { error: { path: string } };
  envelope.error.path = request.url.split('?')[0] ?? '';
  return JSON.stringify(envelope);
}

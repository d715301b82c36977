import {
  DeadLetter,
  DeadLetterDetail,
  DeadLetterPage,
  DeadLetterParams,
  DeadLetterQuery,
  DeadLetterResolution,
  defineOperation,
  QueueList,
  QueueParams,
  queueOwner,
  queues,
  type ServiceName,
} from '@stockade/contracts';
import {
  discardDeadLetter,
  findDeadLetter,
  listDeadLetters,
  type MessagingTables,
  type QueueBackend,
  type ResolutionResult,
  replayDeadLetter,
} from '@stockade/messaging';
import { type Kysely, sql } from 'kysely';
import { Type } from 'typebox';
import type { Call } from './call.ts';
import { errors } from './errors.ts';
import { cursorId, page, pageLimit } from './paging.ts';
import { defineRoutes, type Routes } from './routes.ts';

const shared = { access: 'operator', tier: 'SENSITIVE' } as const;
const letters = '/internal/queues/:queue/dead-letters';

/** What a service tells the gateway's admin routes about its own queues. */
function operationsOf(service: ServiceName) {
  return {
    list: defineOperation({
      ...shared,
      service,
      id: 'internalQueues',
      method: 'GET',
      path: '/internal/queues',
      summary: 'The queues of this service',
      responses: { 200: QueueList },
    }),
    letters: defineOperation({
      ...shared,
      service,
      id: 'internalDeadLetters',
      method: 'GET',
      path: letters,
      summary: 'Dead letters',
      params: QueueParams,
      query: DeadLetterQuery,
      responses: { 200: DeadLetterPage },
    }),
    letter: defineOperation({
      ...shared,
      service,
      id: 'internalDeadLetter',
      method: 'GET',
      path: `${letters}/:id`,
      summary: 'One dead letter',
      params: DeadLetterParams,
      responses: { 200: DeadLetterDetail },
    }),
    replay: defineOperation({
      ...shared,
      service,
      id: 'internalReplay',
      method: 'POST',
      path: `${letters}/:id/replay`,
      summary: 'Try it again',
      params: DeadLetterParams,
      body: Type.Optional(DeadLetterResolution),
      responses: { 200: DeadLetter },
    }),
    discard: defineOperation({
      ...shared,
      service,
      id: 'internalDiscard',
      method: 'POST',
      path: `${letters}/:id/discard`,
      summary: 'Give it up',
      params: DeadLetterParams,
      body: Type.Optional(DeadLetterResolution),
      responses: { 200: DeadLetter },
    }),
  };
}

async function queueStates(service: ServiceName, backend: QueueBackend, systemDb: Kysely<MessagingTables>) {
  const rows = await systemDb
    .selectFrom('dead_letters')
    .select(['queue', sql<number>`count(*)::int`.as('n')])
    .where('status', '=', 'dead')
    .groupBy('queue')
    .execute();
  const dead = new Map(rows.map((row) => [row.queue, row.n]));
  const data = queues
    .filter((queue) => queueOwner(queue) === service)
    .map(async (name) => {
      const {
        waiting = 0,
        active = 0,
        delayed = 0,
      } = await backend.queue(name).getJobCounts('waiting', 'active', 'delayed');
      return { name, backend: backend.kind, waiting, active, delayed, deadLetters: dead.get(name) ?? 0 };
    });
  return { data: await Promise.all(data) };
}

function resolved(result: ResolutionResult, id: string) {
  if (!result) throw errors.notFound('Dead letter', id);
  if ('resolved' in result)
    throw errors.invalidState({ what: `Dead letter ${id}`, state: result.resolved, allowed: ['dead'] });
  return result;
}

/** `/internal/queues…`: the state of a service's queues and their dead letters, for the platform's operator. */
export function deadLetterRoutes<DB>(service: ServiceName, backend: QueueBackend): Routes<DB> {
  const operations = operationsOf(service);
  const resolution = <O>(call: Call<DB, O>) => {
    const { queue, id } = call.params as { queue: string; id: string };
    const note = (call.body as { note?: string } | undefined)?.note;
    return { queue, id, note, by: call.principal.name };
  };
  return defineRoutes<DB>((route) => {
    route(operations.list, ({ service: { systemDb } }) =>
      queueStates(service, backend, systemDb as unknown as Kysely<MessagingTables>),
    );
    route(operations.letters, async ({ params, query, service: { systemDb } }) => {
      const rows = await listDeadLetters(systemDb, {
        queue: params.queue,
        status: query.status,
        limit: pageLimit(query),
        beforeId: cursorId(query),
      });
      return page(rows, query);
    });
    route(operations.letter, async ({ params, service: { systemDb } }) => {
      const letter = await findDeadLetter(systemDb, params.queue, params.id);
      if (!letter) throw errors.notFound('Dead letter', params.id);
      return letter;
    });
    route(operations.replay, async (call) =>
      resolved(await replayDeadLetter(call.service.systemDb, backend, resolution(call)), call.params.id),
    );
    route(operations.discard, async (call) =>
      resolved(await discardDeadLetter(call.service.systemDb, backend, resolution(call)), call.params.id),
    );
  });
}

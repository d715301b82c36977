import {
  DeadLetter,
  DeadLetterDetail,
  DeadLetterPage,
  DeadLetterParams,
  DeadLetterQuery,
  DiscardDeadLetter,
  DiscardDeadLetters,
  defineOperation,
  QueueList,
  QueueParams,
  queueOwner,
  queues,
  ReplayDeadLetter,
  ReplayDeadLetters,
  ResolvedDeadLetters,
  type ServiceName,
} from '@stockade/contracts';
import {
  countDead,
  type DeadLetterFilter,
  findDeadLetter,
  listDeadLetters,
  type MessagingTables,
  type QueueBackend,
  type Resolution,
  resolveDeadLetters,
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
      body: Type.Optional(ReplayDeadLetter),
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
      body: DiscardDeadLetter,
      responses: { 200: DeadLetter },
    }),
    replayMany: defineOperation({
      ...shared,
      service,
      id: 'internalReplayMany',
      method: 'POST',
      path: `${letters}/replay`,
      summary: 'Try several again',
      params: QueueParams,
      body: Type.Optional(ReplayDeadLetters),
      responses: { 200: ResolvedDeadLetters },
    }),
    discardMany: defineOperation({
      ...shared,
      service,
      id: 'internalDiscardMany',
      method: 'POST',
      path: `${letters}/discard`,
      summary: 'Give several up',
      params: QueueParams,
      body: DiscardDeadLetters,
      responses: { 200: ResolvedDeadLetters },
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

type Resolving<DB> = Pick<Call<DB, unknown>, 'service' | 'caller'>;
const verbs = { replayed: 'replay', discarded: 'discard' } as const;

/** `/internal/queues…`: the state of a service's queues and their dead letters, for the platform's operator. */
export function deadLetterRoutes<DB>(service: ServiceName, backend: QueueBackend): Routes<DB> {
  const operations = operationsOf(service);

  const resolve = (
    { service: { db, systemDb }, caller }: Resolving<DB>,
    filter: DeadLetterFilter,
    { to, note }: Pick<Resolution, 'to' | 'note'>,
  ) =>
    resolveDeadLetters({ db, systemDb, backend }, filter, {
      ...{ to, note, caller, action: `${service}.dead-letter.${verbs[to]}` },
    });

  const resolveOne = async (
    call: Resolving<DB> & {
      params: { queue: string; id: string };
      body: { note?: string } | null | undefined;
    },
    to: Resolution['to'],
  ) => {
    const { queue, id } = call.params;
    const [resolved] = await resolve(call, { queue, ids: [id] }, { to, note: call.body?.note });
    if (resolved) return resolved;
    const letter = await findDeadLetter(call.service.systemDb, queue, id);
    if (!letter) throw errors.notFound('Dead letter', id);
    throw errors.invalidState({ what: `Dead letter ${id}`, state: letter.status, allowed: ['dead'] });
  };

  const resolveMany = async (
    call: Resolving<DB> & {
      params: { queue: string };
      body: (Omit<DeadLetterFilter, 'queue'> & { note?: string }) | null | undefined;
    },
    to: Resolution['to'],
  ) => {
    const { note, ...which } = call.body ?? {};
    const filter = { ...which, queue: call.params.queue };
    const resolved = await resolve(call, filter, { to, note });
    return { resolved: resolved.length, remaining: await countDead(call.service.systemDb, filter) };
  };

  return defineRoutes<DB>((route) => {
    route(operations.list, ({ service: { systemDb } }) =>
      queueStates(service, backend, systemDb as unknown as Kysely<MessagingTables>),
    );
    route(operations.letters, async ({ params: { queue }, query, service: { systemDb } }) => {
      const { limit: _, cursor: __, ...filter } = query;
      const place = { queue, limit: pageLimit(query), beforeId: cursorId(query) };
      return page(await listDeadLetters(systemDb, { ...filter, ...place }), query);
    });
    route(operations.letter, async ({ params, service: { systemDb } }) => {
      const letter = await findDeadLetter(systemDb, params.queue, params.id);
      if (!letter) throw errors.notFound('Dead letter', params.id);
      return letter;
    });
    route(operations.replay, (call) => resolveOne(call, 'replayed'));
    route(operations.discard, (call) => resolveOne(call, 'discarded'));
    route(operations.replayMany, (call) => resolveMany(call, 'replayed'));
    route(operations.discardMany, (call) => resolveMany(call, 'discarded'));
  });
}

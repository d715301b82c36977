import { Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import * as q from '../queues.ts';
import { BreakerList, DetailedHealth } from './schemas.ts';

export * from './schemas.ts';

const admin = { service: 'gateway', access: 'operator' } as const;
const letters = '/v1/admin/queues/:queue/dead-letters';

export const getDetailedHealth = defineOperation({
  ...admin,
  id: 'getDetailedHealth',
  method: 'GET',
  path: '/health/detailed',
  summary: 'How every part of Stockade is',
  tier: 'READ',
  responses: { 200: DetailedHealth },
});

export const listQueues = defineOperation({
  ...admin,
  id: 'listQueues',
  method: 'GET',
  path: '/v1/admin/queues',
  summary: 'All queues, and how much waits in each',
  tier: 'READ',
  responses: { 200: q.QueueList },
});

export const listDeadLetters = defineOperation({
  ...admin,
  id: 'listDeadLetters',
  method: 'GET',
  path: letters,
  summary: 'Events of a queue that could not be handled, newest first',
  tier: 'READ',
  params: q.QueueParams,
  query: q.DeadLetterQuery,
  responses: { 200: q.DeadLetterPage },
});

export const getDeadLetter = defineOperation({
  ...admin,
  id: 'getDeadLetter',
  method: 'GET',
  path: `${letters}/:id`,
  summary: 'One dead letter with its event',
  tier: 'READ',
  params: q.DeadLetterParams,
  responses: { 200: q.DeadLetterDetail },
});

export const replayDeadLetter = defineOperation({
  ...admin,
  id: 'replayDeadLetter',
  method: 'POST',
  path: `${letters}/:id/replay`,
  summary: 'Try a dead letter again',
  tier: 'SENSITIVE',
  params: q.DeadLetterParams,
  body: Type.Optional(q.DeadLetterResolution),
  responses: { 200: q.DeadLetter },
});

export const discardDeadLetter = defineOperation({
  ...admin,
  id: 'discardDeadLetter',
  method: 'POST',
  path: `${letters}/:id/discard`,
  summary: 'Give a dead letter up',
  tier: 'SENSITIVE',
  params: q.DeadLetterParams,
  body: Type.Optional(q.DeadLetterResolution),
  responses: { 200: q.DeadLetter },
});

export const listBreakers = defineOperation({
  ...admin,
  id: 'listBreakers',
  method: 'GET',
  path: '/v1/admin/breakers',
  summary: 'The circuit breakers between the gateway and the services',
  tier: 'READ',
  responses: { 200: BreakerList },
});

export const gatewayOperations: readonly Operation[] = [
  getDetailedHealth,
  listQueues,
  listDeadLetters,
  getDeadLetter,
  replayDeadLetter,
  discardDeadLetter,
  listBreakers,
];

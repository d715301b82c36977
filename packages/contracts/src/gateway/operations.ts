import { Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import * as q from '../queues.ts';
import * as s from './schemas.ts';

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
  responses: { 200: s.DetailedHealth },
});

export const getPlatformHealth = defineOperation({
  ...getDetailedHealth,
  id: 'getPlatformHealth',
  path: '/v1/admin/health',
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
  summary: 'One dead letter with its event, masked',
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
  body: Type.Optional(q.ReplayDeadLetter),
  responses: { 200: q.DeadLetter },
});

export const discardDeadLetter = defineOperation({
  ...admin,
  id: 'discardDeadLetter',
  method: 'POST',
  path: `${letters}/:id/discard`,
  summary: 'Give a dead letter up, with a reason',
  tier: 'SENSITIVE',
  params: q.DeadLetterParams,
  body: q.DiscardDeadLetter,
  responses: { 200: q.DeadLetter },
});

export const replayDeadLetters = defineOperation({
  ...admin,
  id: 'replayDeadLetters',
  method: 'POST',
  path: `${letters}/replay`,
  summary: 'Try dead letters of a queue again: those named, those that a filter means, or all',
  tier: 'SENSITIVE',
  params: q.QueueParams,
  body: Type.Optional(q.ReplayDeadLetters),
  responses: { 200: q.ResolvedDeadLetters },
});

export const discardDeadLetters = defineOperation({
  ...admin,
  id: 'discardDeadLetters',
  method: 'POST',
  path: `${letters}/discard`,
  summary: 'Give dead letters of a queue up, with a reason: those named, those that a filter means, or all',
  tier: 'SENSITIVE',
  params: q.QueueParams,
  body: q.DiscardDeadLetters,
  responses: { 200: q.ResolvedDeadLetters },
});

export const listBreakers = defineOperation({
  ...admin,
  id: 'listBreakers',
  method: 'GET',
  path: '/v1/admin/breakers',
  summary: 'The circuit breakers between the gateway and the services',
  tier: 'READ',
  responses: { 200: s.BreakerList },
});

export const resetBreaker = defineOperation({
  ...admin,
  id: 'resetBreaker',
  method: 'POST',
  path: '/v1/admin/breakers/:service/reset',
  summary: 'Close a circuit breaker',
  description:
    'The service is asked again at once. Each gateway judges by what it sees itself: this closes the breaker of the one that answers.',
  tier: 'WRITE',
  params: s.BreakerParams,
  responses: { 200: s.Breaker },
});

export const listRateLimits = defineOperation({
  ...admin,
  id: 'listRateLimits',
  method: 'GET',
  path: '/v1/admin/rate-limits',
  summary: 'Who has used how much of which rate limit, the most exhausted first, at most 1,000',
  tier: 'READ',
  responses: { 200: s.RateLimitList },
});

export const resetRateLimit = defineOperation({
  ...admin,
  id: 'resetRateLimit',
  method: 'POST',
  path: '/v1/admin/rate-limits/reset',
  summary: 'Give somebody the whole of a rate limit again',
  description: 'With Redis at all gateways, else at the one that answers.',
  tier: 'WRITE',
  body: s.ResetRateLimit,
  responses: { 204: Type.Undefined() },
});

const blocked = '/v1/admin/blocked-ips';

export const listBlockedAddresses = defineOperation({
  ...admin,
  id: 'listBlockedAddresses',
  method: 'GET',
  path: blocked,
  summary: 'Blocked addresses, those that are blocked for longest first, at most 1,000',
  tier: 'READ',
  responses: { 200: s.AddressBlockList },
});

export const blockAddress = defineOperation({
  ...admin,
  id: 'blockAddress',
  method: 'POST',
  path: blocked,
  summary: 'Block an address',
  description:
    'Its calls without a valid credential are refused, sign-ins too; whoever holds a valid credential is never hit. Of an IPv6 address its /64 is blocked. A block that ends later stays, and is the answer.',
  tier: 'WRITE',
  body: s.BlockAddress,
  responses: { 201: s.AddressBlock },
});

export const releaseAddress = defineOperation({
  ...admin,
  id: 'releaseAddress',
  method: 'DELETE',
  path: `${blocked}/:address`,
  summary: 'Release a blocked address',
  tier: 'WRITE',
  params: s.AddressParams,
  responses: { 204: Type.Undefined() },
});

export const gatewayOperations: readonly Operation[] = [
  getDetailedHealth,
  getPlatformHealth,
  listQueues,
  listDeadLetters,
  getDeadLetter,
  replayDeadLetter,
  discardDeadLetter,
  replayDeadLetters,
  discardDeadLetters,
  listBreakers,
  resetBreaker,
  listRateLimits,
  resetRateLimit,
  listBlockedAddresses,
  blockAddress,
  releaseAddress,
];

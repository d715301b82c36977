import { isIP } from 'node:net';
import { type Operation, type ServiceName, services } from '@stockade/contracts';
import {
  blockAddress,
  listBlockedAddresses,
  listBreakers,
  listRateLimits,
  releaseAddress,
  resetBreaker,
  resetRateLimit,
} from '@stockade/contracts/gateway';
import { errors, ServiceError } from '@stockade/service-kit/errors';
import { parseJsonBody } from '@stockade/service-kit/json-body';
import { networkOf } from '@stockade/service-kit/network';
import { bodyChecker } from '@stockade/service-kit/validation';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Guard } from '../auth/guard.ts';
import type { AddressBlock } from '../limits/block-store.ts';
import { noteCall } from '../security-events/refusals.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { guardedRoute } from './guarded-route.ts';

interface Parts {
  guard: Guard;
  upstreams: Upstreams;
}

/** What operators see and undo of the edge itself: breakers, limits, blocked addresses. */
export function addEdgeRoutes(app: FastifyInstance, { guard, upstreams }: Parts): void {
  const { events } = guard;
  const route = (operation: Operation, answer: Parameters<typeof guardedRoute>[3]) =>
    guardedRoute(app, guard, operation, answer);

  route(listBreakers, async () => ({ data: services.map((service) => breakerOf(upstreams, service)) }));
  route(resetBreaker, async (request) => {
    const asked = (request.params as { service: string }).service;
    const service = services.find((name) => name === asked);
    if (!service) throw errors.notFound('Service', asked);
    upstreams.breaker(service).reset();
    request.log.warn({ service }, 'A breaker was reset');
    noteCall(events, request, { type: 'gateway.breaker.reset', target: { type: 'breaker', id: service } });
    return breakerOf(upstreams, service);
  });

  route(listRateLimits, async () => ({
    countedIn: guard.limits.place(),
    data: await guard.limits.list(),
  }));
  const limitToReset = bodyReader(resetRateLimit.body);
  route(resetRateLimit, async (request, reply) => {
    const { tier, key } = limitToReset(request);
    await guard.limits.reset(tier, key);
    request.log.warn({ tier, key, requestId: request.id }, 'A rate limit was reset');
    noteCall(events, request, {
      type: 'gateway.limit.reset',
      target: { type: 'limit', id: tier },
      details: { whose: key },
    });
    return reply.code(204).send();
  });

  route(listBlockedAddresses, async () => ({ data: guard.blocks.list().map(toAnswer) }));
  const toBlock = bodyReader(blockAddress.body);
  route(blockAddress, async (request, reply) => {
    const { address, ...rest } = toBlock(request);
    const block = await guard.blocks.block(addressOf(address, '/address'), rest);
    noteCall(events, request, {
      ...{ type: 'gateway.address.blocked', target: { type: 'address', id: block.network } },
      details: { by: 'operator', until: new Date(block.until).toISOString() },
    });
    return reply.code(201).send(toAnswer(block));
  });
  route(releaseAddress, async (request, reply) => {
    const asked = (request.params as { address: string }).address;
    const address = addressOf(asked, '/address');
    if (!(await guard.blocks.release(address))) throw errors.notFound('Blocked address', asked);
    noteCall(events, request, {
      type: 'gateway.address.released',
      target: { type: 'address', id: networkOf(address) },
    });
    return reply.code(204).send();
  });
}

function breakerOf(upstreams: Upstreams, service: ServiceName) {
  const { state, failures, openedAt, retryAfter } = upstreams.breaker(service);
  return {
    ...{ service, state, failures },
    openedAt: openedAt === null ? null : new Date(openedAt).toISOString(),
    retryAfterSeconds: state === 'open' ? retryAfter : null,
  };
}

const toAnswer = ({ until, ...block }: AddressBlock) => ({ ...block, until: new Date(until).toISOString() });

/** The address itself; of a /64, as lists show it, one within. */
function addressOf(text: string, path: string): string {
  const address = text.replace(/::\/64$/, '::');
  if (isIP(address) === 0) throw errors.validation([{ path, message: 'is no IPv4 or IPv6 address' }]);
  return address;
}

/** Reads a JSON body by the rules that services read theirs by: what comes to the gateway itself is still bytes. */
function bodyReader<Schema extends TSchema>(schema: Schema): (request: FastifyRequest) => Static<Schema> {
  const check = bodyChecker(schema);
  return ({ body, headers }) => {
    if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
      throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', 'This call takes application/json.', {
        accepted: ['application/json'],
      });
    const value = parseJsonBody(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    const problems = check(value);
    if (problems.length > 0) throw errors.validation(problems);
    return value as Static<Schema>;
  };
}

import {
  changesChannel,
  type Operation,
  type Principal,
  parseChanges,
  type ServiceName,
} from '@stockade/contracts';
import { type Listener, listen } from '@stockade/database/listen';
import { ServiceError } from '@stockade/service-kit/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';
import type { UpstreamAnswer } from './exchange.ts';
import { type Found, KeptAnswers, type Question } from './kept-answers.ts';

export interface Reads {
  /** The answer to a read that may be kept: asked for, or what is known of it. */
  answer(operation: Operation, request: FastifyRequest, ask: () => Promise<UpstreamAnswer>): Promise<Found>;
  /** Somebody changes something through this gateway. */
  noteChange(operation: Operation, principal: Principal): void;
  stop(): Promise<void>;
}

/** Keeps the answers to hot reads, and hears what changes. */
export function createReads(config: GatewayConfig, log: Logger): Reads {
  const kept = new KeptAnswers();
  const listener: Listener = listen({
    url: config.DATABASE_DIRECT_URL ?? config.DATABASE_SYSTEM_URL,
    channel: changesChannel,
    applicationName: 'stockade-gateway-changes',
    onNotification(message) {
      const changes = parseChanges(message);
      if (changes) kept.noteChange(changes);
    },
    onState: (listening) => kept.setHearing(listening),
    log,
  });
  return {
    async answer(operation, request, ask) {
      const question = questionOf(operation, request);
      try {
        return await kept.get(question, ask);
      } catch (error) {
        const stale = isUnavailable(error) ? kept.stale(question) : null;
        if (!stale) throw error;
        return stale;
      }
    },
    noteChange({ service }, { tenantId }) {
      if (tenantId) kept.noteChange({ service: service as ServiceName, tenantIds: [tenantId] });
    },
    stop: () => listener.stop(),
  };
}

/** Only who has a tenant may ask for what is kept: the guard has seen to it. */
function questionOf({ service, keptFor }: Operation, request: FastifyRequest): Question {
  const { tenantId, personId, id } = request.principal as Principal;
  return {
    service: service as ServiceName,
    tenantId: tenantId ?? '',
    personId: keptFor === 'person' ? (personId ?? id) : null,
    path: request.url,
  };
}

/** The service could not be asked: its breaker is open, or nobody is there. What it answers itself is its answer. */
const isUnavailable = (error: unknown) =>
  error instanceof ServiceError && (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'GATEWAY_TIMEOUT');

/** Where the answer is from (RFC 9211) and how old it is (RFC 9111); the caller may have the same already (304). */
export function describe({ from, ageSeconds }: Found, reply: FastifyReply): void {
  if (from === 'service') {
    reply.header('cache-status', 'stockade; fwd=miss');
    return;
  }
  reply.header('cache-status', from === 'kept' ? 'stockade; hit' : 'stockade; hit; detail=stale');
  reply.header('age', String(ageSeconds));
}

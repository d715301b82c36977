import underPressure from '@fastify/under-pressure';
import { isPublic, type Operation } from '@stockade/contracts';
import { errors } from '@stockade/service-kit/errors';
import { lastingLag } from '@stockade/service-kit/lasting-lag';
import fp from 'fastify-plugin';
import { Held } from '../limits/held.ts';

/**
 * What is shed last: `work` (signing in, and what changes stock and orders: goods do not wait), then all other calls, then
 * `report`. Health is always told.
 */
export type Priority = 'work' | 'other' | 'report';

declare module 'fastify' {
  interface FastifyContextConfig {
    priority?: Priority;
  }
}

export function priorityOf(operation: Operation): Priority {
  if (operation.isReport) return 'report';
  if (!isPublic(operation)) return 'other';
  const isStock = operation.service === 'inventory' || operation.service === 'purchasing';
  return operation.path.startsWith('/v1/auth/') || (isStock && operation.method !== 'GET') ? 'work' : 'other';
}

/** How many more calls than reports are let in at once: what matters more finds room when reports have filled theirs. */
const room: Record<Priority, number> = { report: 1, other: 1.2, work: 1.4 };

/** From so much lag of the event loop on, in milliseconds. */
const lagMs: Record<Priority, number> = { report: 500, other: 1_000, work: 2_000 };

const isHealth = (url: string) =>
  url === '/health' || url.startsWith('/health/') || url.startsWith('/health?');

/**
 * Sheds what cannot be served: above so many calls at once, or when the event loop lags, the answer is a 503 that says
 * when to come again. Up to there calls wait for a connection to their service.
 */
export const admission = fp<{ maxConcurrent: number }>(
  async (app, { maxConcurrent }) => {
    let running = 0;
    const max = (priority: Priority) => Math.floor(maxConcurrent * room[priority]);
    const lasts = lastingLag();
    await app.register(underPressure, {
      maxEventLoopDelay: lagMs.report,
      pressureHandler(request, _reply, _type, lag = 0) {
        if (isHealth(request.url)) return;
        const { priority = 'other' } = request.routeOptions.config;
        if (lasts(lag) && lag > lagMs[priority])
          throw errors.unavailable('The gateway is overloaded: try again shortly.');
      },
    });
    app.decorateRequest('held');
    app.addHook('onRequest', (request, reply, done) => {
      const held = new Held();
      request.held = held;
      // Fastify's own hooks miss callers who leave once their body was read: their places would be lost for good.
      reply.raw.once('close', () => held.drop());
      if (isHealth(request.url)) return void done();
      const { priority = 'other' } = request.routeOptions.config;
      if (running >= max(priority)) throw errors.unavailable('Too many calls at once: try again shortly.');
      running++;
      reply.raw.once('close', () => running--);
      done();
    });
  },
  { name: 'admission' },
);

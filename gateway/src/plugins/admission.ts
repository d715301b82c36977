import underPressure from '@fastify/under-pressure';
import { errors } from '@stockade/service-kit/errors';
import fp from 'fastify-plugin';

const isHealth = (url: string) =>
  url === '/health' || url.startsWith('/health/') || url.startsWith('/health?');

/**
 * Sheds what cannot be served: above so many calls at once, or when the event loop lags, the answer is a 503 that says
 * when to come again. Up to there calls wait for a connection to their service. Health checks are always answered.
 */
export const admission = fp<{ maxConcurrent: number }>(
  async (app, { maxConcurrent }) => {
    let running = 0;
    await app.register(underPressure, {
      maxEventLoopDelay: 1_000,
      pressureHandler: (request) => {
        if (!isHealth(request.url)) throw errors.unavailable('The gateway is overloaded: try again shortly.');
      },
    });
    app.decorateRequest('admitted', false);
    app.addHook('onRequest', async (request) => {
      if (isHealth(request.url)) return;
      if (running >= maxConcurrent) throw errors.unavailable('Too many calls at once: try again shortly.');
      running++;
      request.admitted = true;
    });
    const leave = (request: { admitted: boolean }) => {
      if (!request.admitted) return;
      request.admitted = false;
      running--;
    };
    app.addHook('onResponse', async (request) => leave(request));
    app.addHook('onRequestAbort', async (request) => leave(request));
  },
  { name: 'admission' },
);

declare module 'fastify' {
  interface FastifyRequest {
    admitted: boolean;
  }
}

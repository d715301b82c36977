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
    app.addHook('onRequest', (request, reply, done) => {
      if (isHealth(request.url)) return void done();
      if (running >= maxConcurrent) throw errors.unavailable('Too many calls at once: try again shortly.');
      running++;
      // Fastify's own hooks miss callers who leave once their body was read: their places would be lost for good.
      reply.raw.once('close', () => {
        running--;
      });
      done();
    });
  },
  { name: 'admission' },
);

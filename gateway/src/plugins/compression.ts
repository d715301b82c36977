import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance, onRouteHookHandler, onSendHookHandler } from 'fastify';
import fp from 'fastify-plugin';

/** Smaller answers take no less time on their way. */
const worthwhileBytes = 1_024;

/**
 * The instance as @fastify/compress sees it: its hook is asked about calls alone whose sender says what he can unpack. It
 * finds out by looking at the whole answer first.
 */
function forWhoCanUnpack(app: FastifyInstance): FastifyInstance {
  const addHook = (name: 'onRoute', hook: onRouteHookHandler) =>
    app.addHook(name, function (route) {
      const before = [route.onSend ?? []].flat().length;
      hook.call(this, route);
      const hooks = [route.onSend ?? []].flat();
      // Routes that are left alone get none.
      if (hooks.length === before) return;
      const compressIt = hooks.pop() as onSendHookHandler;
      const onSend: onSendHookHandler = function (request, reply, payload, done) {
        if (request.headers['accept-encoding'] === undefined) return void done(null, payload);
        compressIt.call(this, request, reply, payload, done);
      };
      route.onSend = [...hooks, onSend];
    });
  return Object.create(app, { addHook: { value: addHook } }) as FastifyInstance;
}

/**
 * Answers are made smaller for who can read them so; at a level that costs little, for a list is sent once. Routes whose
 * answers hold a secret beside what the caller chose are left alone (`compress: false`): their length would tell of it
 * (BREACH). What comes in compressed is refused: it could be a bomb.
 */
export const compression = fp(
  (app, _options, done) =>
    compress(
      forWhoCanUnpack(app),
      {
        globalDecompression: false,
        threshold: worthwhileBytes,
        encodings: ['br', 'gzip'],
        zlibOptions: { level: 4 },
        brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
      },
      done,
    ),
  { name: 'compression' },
);

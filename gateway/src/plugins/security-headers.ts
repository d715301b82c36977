import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

/**
 * The headers that the operators' proxies set, so that it makes no difference whether one stands in front. Answers are
 * JSON: nothing in them may load or run anything. The explorer has a policy of its own (routes/docs.ts).
 */
export const securityHeaders = fp(
  async (app) => {
    await app.register(helmet, {
      global: true,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
        },
      },
      xFrameOptions: { action: 'deny' },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      // Only under TLS, where it means something; see below.
      strictTransportSecurity: false,
      crossOriginResourcePolicy: { policy: 'same-origin' },
    });
    app.addHook('onRequest', async (request, reply) => {
      reply.header('permissions-policy', 'geolocation=(), microphone=(), camera=()');
      if (request.protocol === 'https')
        reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    });
    // Answers are somebody's own: no shared cache may keep them, and only what has a version may be asked for again by it.
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control'))
        reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
    });
  },
  { name: 'security-headers' },
);

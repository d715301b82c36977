import helmet from '@fastify/helmet';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const bare = new Set(['content-length', 'content-type', 'connection', 'date']);

/** What helmet gives every answer is always the same: it is asked once, for asking it takes longer than passing a call on. */
async function headersOfHelmet(): Promise<Record<string, string>> {
  const asked = Fastify();
  await asked.register(helmet, {
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
    // For browsers that are gone, or about documents alone; every answer would carry them.
    xDownloadOptions: false,
    xXssProtection: false,
    xDnsPrefetchControl: false,
    originAgentCluster: false,
    xPermittedCrossDomainPolicies: false,
  });
  asked.get('/', async () => '');
  const { headers } = await asked.inject('/');
  await asked.close();
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (bare.has(name) ? [] : [[name, String(value)]])),
  );
}

/** What has a tag may be kept by its reader, who asks before he uses it; not what tells a session's token. */
const mayBeKept = (request: FastifyRequest, reply: FastifyReply): boolean =>
  reply.hasHeader('etag') && !request.url.startsWith('/v1/auth/');

/**
 * The headers that the operators' proxies set, so that it makes no difference whether one stands in front. Answers are
 * JSON: nothing in them may load or run anything. The explorer and the pages that mails lead to have policies of their
 * own (routes/docs.ts, routes/account-pages.ts).
 */
export const securityHeaders = fp(
  async (app) => {
    const headers = {
      ...(await headersOfHelmet()),
      'permissions-policy': 'geolocation=(), microphone=(), camera=()',
    };
    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers);
      if (request.protocol === 'https')
        reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
      done();
    });
    // Answers are somebody's own: no shared cache may keep them, and only what has a version may be asked for again by it.
    app.addHook('onSend', (request, reply, payload, done) => {
      if (!reply.hasHeader('cache-control'))
        reply.header('cache-control', mayBeKept(request, reply) ? 'private, no-cache' : 'no-store');
      done(null, payload);
    });
  },
  { name: 'security-headers' },
);

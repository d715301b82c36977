import { createHash } from 'node:crypto';
import { openApiDocument } from '@stockade/contracts/openapi';
import Fastify, { type FastifyInstance, type onRequestAsyncHookHandler } from 'fastify';
import { countAddress, type Guard } from '../auth/guard.ts';
import { version } from '../version.ts';

/** Nothing from any other host; the explorer brings its styles and its start-up script in the page. */
const explorerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The explorer, made when it is first asked for: its 3 MB would lie in memory for nothing. */
function createExplorer() {
  let made: Promise<FastifyInstance> | undefined;
  const make = async () => {
    const { default: scalar } = await import('@scalar/fastify-api-reference');
    const explorer = Fastify();
    await explorer.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        url: '/openapi.json',
        pageTitle: 'Stockade API',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
      } as never,
    });
    await explorer.ready();
    return explorer;
  };
  return () => {
    made ??= make();
    return made;
  };
}

export function addDocsRoutes(app: FastifyInstance, guard: Pick<Guard, 'limits'>): void {
  const onRequest: onRequestAsyncHookHandler = (request, reply) => countAddress(guard, request, reply);
  let document: { text: string; etag: string } | undefined;
  app.get('/openapi.json', { onRequest }, async (request, reply) => {
    if (!document) {
      const text = JSON.stringify(openApiDocument({ version }));
      document = { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
    }
    reply.header('etag', document.etag);
    if (request.headers['if-none-match'] === document.etag) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(document.text);
  });
  const explorer = createExplorer();
  const show = async (url: string) => (await explorer()).inject({ method: 'GET', url });
  for (const url of ['/docs', '/docs/*']) {
    app.get(url, { onRequest }, async (request, reply) => {
      const page = await show(request.url);
      const location = page.headers.location;
      if (location) reply.header('location', location);
      reply.header('content-security-policy', explorerPolicy);
      reply.header('cache-control', 'public, max-age=3600');
      return reply
        .code(page.statusCode)
        .type(String(page.headers['content-type'] ?? 'text/html; charset=utf-8'))
        .send(page.rawPayload);
    });
  }
}

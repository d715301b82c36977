import { errors, ServiceError } from '@stockade/service-kit/errors';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const maxUrlLength = 8_192;

/** `http://host/path` as a proxy may send it, as the `/path` that everything behind goes by. */
export const originForm = (url: string): string => url.replace(/^https?:\/\/[^/?#]*\/?/i, '/');

/** How often the header stands in the request: Node keeps the first and tells nobody of the others. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = rawHeaders[at] as string;
    if (header.length === name.length && header.toLowerCase() === name) count++;
  }
  return count;
}

/** Two Hosts are read as one by us and as the other by a proxy in front: neither is believed. */
function checkHost({ raw }: FastifyRequest): void {
  const hosts = countOf('host', raw.rawHeaders);
  if (hosts > 1) throw errors.validation([{ path: '/headers/host', message: 'must be sent once' }]);
  if (hosts === 0 && raw.httpVersion !== '1.0')
    throw errors.validation([{ path: '/headers/host', message: 'is missing' }]);
}

/** What comes compressed could become any size: nobody unpacks it here. */
function checkEncoding({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', 'Bodies are taken without a Content-Encoding.', {
      contentEncoding: 'identity',
    });
}

/** Percent-encoding that is none: one reader takes it as it stands, the next for what it could have meant. */
function checkUrl({ url }: FastifyRequest): void {
  if (!url.includes('%')) return;
  try {
    if (!decodeURIComponent(url).includes('\0')) return;
  } catch {
    throw errors.validation([{ path: '', message: 'has percent-encoding that is not of valid UTF-8' }]);
  }
  throw errors.validation([{ path: '', message: 'has a NUL character' }]);
}

/** Refuses what the parser lets through although HTTP forbids it, and URLs beyond any use. */
export const wellFormed = fp(
  async (app) => {
    app.addHook('onRequest', (request, _reply, done) => {
      checkHost(request);
      checkEncoding(request);
      checkUrl(request);
      if (request.url.length > maxUrlLength)
        throw new ServiceError('URI_TOO_LONG', `The URL is longer than ${maxUrlLength} characters.`);
      done();
    });
  },
  { name: 'well-formed' },
);

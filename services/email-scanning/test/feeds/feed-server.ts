import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Teardown {
  teardown(close: () => unknown): void;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A source of feeds on this machine: `answer` may be changed from one request to the next. */
export interface FeedServer {
  readonly url: string;
  readonly requests: IncomingMessage[];
  answer: Answer;
}

export async function startFeedServer(t: Teardown): Promise<FeedServer> {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    feed.answer(request, response);
  });
  const feed: FeedServer = { url: '', requests, answer: text('') };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(feed, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed` });
}

/** Answers with a text, marked with an ETag when one is given, and with 304 to whoever has it already. */
export const text =
  (body: string, etag?: string): Answer =>
  (request, response) => {
    if (etag && request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain', ...(etag ? { etag } : {}) }).end(body);
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(code, headers).end('no feed');

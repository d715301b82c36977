import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
export const region = 'eu-central-1';
export const bucket = 'mail';

/** What goes wrong with the next requests. */
export type Fault = 'none' | 'error' | 'slow' | 'truncated' | 'refused';

export interface S3Server {
  url: string;
  objects: Map<string, { body: Buffer; changedAt: Date }>;
  fault: Fault;
  /** So many requests meet the fault, then it is over. */
  faults: number;
  requests: number;
  stop(): Promise<void>;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const hex = (body: Buffer | string) => createHash('sha256').update(body).digest('hex');

/** RFC 3986, as signature version 4 wants it. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Checks an Authorization header by the recipe of "Signature Calculations for the Authorization Header". */
export function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!match) return false;
  const [, id, date = '', scopeRegion = '', signed = '', signature = ''] = match;
  const payload = String(request.headers['x-amz-content-sha256']);
  if (id !== credentials.accessKeyId || scopeRegion !== region || payload !== hex(body)) return false;
  const url = new URL(request.url ?? '/', 'http://s3');
  const query = [...url.searchParams]
    .map(([k, v]) => `${encode(k)}=${encode(v)}`)
    .sort()
    .join('&');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(''), signed, payload].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hex(canonical)].join('\n');
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
}

function answer(response: ServerResponse, { status, body = '' }: Answer): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

interface Answer {
  status: number;
  body?: Buffer | string;
}

const refusal = (status: number, code: string): Answer => ({
  status,
  body: `<Error><Code>${code}</Code></Error>`,
});

function listing(server: S3Server, query: URLSearchParams): string {
  const after = query.get('start-after') ?? '';
  const prefix = query.get('prefix') ?? '';
  const found = [...server.objects]
    .filter(([name]) => name.startsWith(prefix) && name > after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, Number(query.get('max-keys')));
  const entries = found.map(
    ([name, { changedAt }]) =>
      `<Contents><Key>${name}</Key><LastModified>${changedAt.toISOString()}</LastModified></Contents>`,
  );
  return `<?xml version="1.0"?><ListBucketResult>${entries.join('')}</ListBucketResult>`;
}

function serve(server: S3Server, request: IncomingMessage, body: Buffer): Answer {
  const url = new URL(request.url ?? '/', 'http://s3');
  if (!isSigned(request, body)) return refusal(403, 'SignatureDoesNotMatch');
  const [, inBucket, ...rest] = url.pathname.split('/');
  const name = rest.join('/');
  if (inBucket !== bucket) return refusal(404, 'NoSuchBucket');
  if (request.method === 'PUT') {
    server.objects.set(name, { body, changedAt: new Date() });
    return { status: 200 };
  }
  if (request.method === 'DELETE') {
    server.objects.delete(name);
    return { status: 204 };
  }
  if (name === '') return { status: 200, body: listing(server, url.searchParams) };
  const found = server.objects.get(name);
  return found ? { status: 200, body: found.body } : refusal(404, 'NoSuchKey');
}

/** A server that answers as Amazon's documentation of S3 says, with objects in memory. */
export async function startS3(): Promise<S3Server> {
  const http = createServer(async (request, response) => {
    server.requests++;
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const fault = server.faults-- > 0 ? server.fault : 'none';
    if (fault === 'refused') request.socket.destroy();
    else if (fault === 'error') answer(response, refusal(503, 'SlowDown'));
    else if (fault === 'truncated') {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('not all of it', () => request.socket.destroy());
    } else if (fault === 'none') answer(response, serve(server, request, body));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { accessKeyId, secretAccessKey } = credentials;
  const { port } = http.address() as AddressInfo;
  const server: S3Server = {
    url: `s3://${accessKeyId}:${encodeURIComponent(secretAccessKey)}@127.0.0.1:${port}/${bucket}?region=${region}`,
    objects: new Map(),
    ...{ fault: 'none', faults: 0, requests: 0 },
    async stop() {
      http.closeAllConnections();
      http.close();
    },
  };
  return server;
}

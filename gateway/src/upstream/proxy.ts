import {
  clientIpHeader,
  type Operation,
  type Principal,
  type ServiceName,
  takesKeys,
} from '@stockade/contracts';
import { signatureHeader } from '@stockade/contracts/email-scanning';
import { deviceHeader, revokedHeader } from '@stockade/contracts/identity';
import { isKnown } from '@stockade/service-kit/etag';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../auth/authenticator.ts';
import { deviceOf } from '../auth/credentials.ts';
import type { UpstreamAnswer } from './exchange.ts';
import { describe, type Reads } from './reads.ts';
import { failedAnswer, type Upstreams } from './upstreams.ts';

/** What is passed on of a call; everything else (other cookies, credentials, forged principals, hop-by-hop) stays outside. */
const passedOn = [
  'accept',
  'content-type',
  'if-match',
  'if-none-match',
  'user-agent',
  'x-envelope-from',
  'x-envelope-to',
  'x-client-ip',
  signatureHeader,
] as const;

/** What is passed back of an answer. */
const passedBack = new Set([
  'content-type',
  'content-length',
  'content-disposition',
  'etag',
  'set-cookie',
  'location',
  'retry-after',
  'idempotency-replayed',
  'cache-control',
]);

function headersFor(operation: Operation, request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'x-request-id': request.id,
    traceparent: request.traceparent,
    [clientIpHeader]: request.ip,
  };
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const key = request.headers['idempotency-key'];
  // A key that nobody keeps answers for makes nothing safe: with it the call would be sent again when its connection broke.
  if (typeof key === 'string' && takesKeys(operation)) headers['idempotency-key'] = key;
  const device = operation.tier === 'AUTH' ? deviceOf(request) : undefined;
  if (device !== undefined) headers[deviceHeader] = device;
  return headers;
}

const longestText = 16 * 1024;

/** Short JSON as a string: Node sends it in one piece with the headers, and bytes in two, which take twice as long. */
function asText({ headers, body }: UpstreamAnswer): UpstreamAnswer['body'] | string {
  const isShortText =
    Buffer.isBuffer(body) &&
    body.length <= longestText &&
    String(headers['content-type']).startsWith('application/json');
  return isShortText ? body.toString('utf8') : body;
}

interface ProxyParts {
  upstreams: Upstreams;
  authenticator: Authenticator;
  reads: Reads;
}

/** Hands a call to its service, and the service's answer back, its body unread. */
export async function proxy(
  parts: ProxyParts,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (operation.keptFor) return answerRead(parts, operation, request, reply);
  if (operation.method === 'GET') return handBack(await ask(parts, operation, request), reply);
  const principal = request.principal as Principal;
  try {
    const answer = await ask(parts, operation, request);
    // Forgotten before the answer goes out: its reader can rely on the credential being dead.
    const revoked = answer.headers[revokedHeader];
    if (typeof revoked === 'string') parts.authenticator.revoke(revoked);
    return handBack(answer, reply);
  } finally {
    // Also when it is open what became of it.
    parts.reads.noteChange(operation, principal);
  }
}

/** A read that many make. It is asked for as a whole, whatever the caller has of it: the answer is for others, too. */
async function answerRead(
  parts: ProxyParts,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await parts.reads.answer(operation, request, () => ask(parts, operation, request));
  describe(found, reply);
  handHeadersBack(found.answer, reply);
  const { statusCode, headers } = found.answer;
  if (statusCode === 200 && typeof headers.etag === 'string' && isKnown(request, headers.etag)) {
    reply.removeHeader('content-type').removeHeader('content-length');
    return reply.code(304).send();
  }
  return reply.code(statusCode).send(asText(found.answer));
}

async function ask(
  { upstreams }: ProxyParts,
  operation: Operation,
  request: FastifyRequest,
): Promise<UpstreamAnswer> {
  const { service, method, keptFor } = operation;
  const body = request.body as Buffer | undefined;
  const headers = headersFor(operation, request);
  if (keptFor) delete headers['if-none-match'];
  try {
    return await upstreams.send(service as ServiceName, {
      // A HEAD is asked for as a GET: its headers are those of the answer that it does not get.
      method,
      path: request.url,
      principal: request.principal as Principal,
      headers,
      body: body?.length ? body : undefined,
    });
  } catch (error) {
    const failed = failedAnswer(error);
    if (!failed) throw error;
    return failed;
  }
}

function handHeadersBack(answer: UpstreamAnswer, reply: FastifyReply): void {
  for (const name in answer.headers) if (passedBack.has(name)) reply.header(name, answer.headers[name]);
}

function handBack(answer: UpstreamAnswer, reply: FastifyReply): FastifyReply {
  handHeadersBack(answer, reply);
  return reply.code(answer.statusCode).send(asText(answer));
}

import { clientIpHeader, type Operation, type Principal, type ServiceName } from '@stockade/contracts';
import { signatureHeader } from '@stockade/contracts/email-scanning';
import { revokedHeader } from '@stockade/contracts/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../auth/authenticator.ts';
import type { UpstreamAnswer } from './exchange.ts';
import { failedAnswer, type Upstreams } from './upstreams.ts';

/** What is passed on of a call; everything else (cookies, credentials, forged principals, hop-by-hop) stays outside. */
const passedOn = [
  'accept',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
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

function headersFor(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'x-request-id': request.id,
    traceparent: request.traceparent,
    [clientIpHeader]: request.ip,
  };
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
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
}

/** Hands a call to its service, and the service's answer back, its body unread. */
export async function proxy(
  { upstreams, authenticator }: ProxyParts,
  { service }: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = request.body as Buffer | undefined;
  let answer: UpstreamAnswer;
  try {
    answer = await upstreams.send(service as ServiceName, {
      method: request.method,
      path: request.url,
      principal: request.principal as Principal,
      headers: headersFor(request),
      body: body?.length ? body : undefined,
    });
  } catch (error) {
    const failed = failedAnswer(error);
    if (!failed) throw error;
    answer = failed;
  }
  for (const name in answer.headers) if (passedBack.has(name)) reply.header(name, answer.headers[name]);
  // Forgotten before the answer goes out: its reader can rely on the credential being dead.
  const revoked = answer.headers[revokedHeader];
  if (typeof revoked === 'string') authenticator.revoke(revoked);
  return reply.code(answer.statusCode).send(asText(answer));
}

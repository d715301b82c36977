import { createHash } from 'node:crypto';
import type { Operation, Principal } from '@stockade/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { type Call, createCall, type Service, successStatus } from './call.ts';
import { errors, ServiceError } from './errors.ts';
import { ifMatchVersion } from './etag.ts';
import { authenticate, authorize, toCaller } from './guard.ts';
import { parseJsonBody } from './json-body.ts';
import type { PrincipalVerifier } from './principal.ts';

type Answer<O extends Operation> = O['responses'][keyof O['responses']] extends infer S
  ? S extends TSchema
    ? Loose<Static<S>>
    : never
  : never;
/** Dates become RFC 3339 when they are sent, so a handler may answer with rows as they come. */
type Loose<T> = T extends string
  ? T | Date
  : T extends readonly (infer E)[]
    ? Loose<E>[]
    : T extends object
      ? { [K in keyof T]: Loose<T[K]> }
      : T;

export type RegisterRoute<DB> = <O extends Operation>(
  operation: O,
  handler: (call: Call<DB, O>) => Promise<Answer<O> | undefined> | Answer<O> | undefined,
) => void;

export type Routes<DB> = (route: RegisterRoute<DB>) => void;

/** The routes of one noun, typed by its operations. */
export function defineRoutes<DB>(routes: Routes<DB>): Routes<DB> {
  return routes;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** JSON comes as bytes too: what is signed is what was sent. */
    takesBytes?: boolean;
  }
  interface FastifyRequest {
    principal: Principal | null;
    /** SHA-256 of the body as it came; only made for calls with an Idempotency-Key. */
    bodyHash: Buffer;
  }
}

const noBytes = Buffer.alloc(0);

function hashBody(request: FastifyRequest, bytes: Buffer): void {
  if (request.headers['idempotency-key'] !== undefined)
    request.bodyHash = createHash('sha256').update(bytes).digest();
}

/** Bodies are read as bytes: JSON is parsed strictly, other media types that an operation names are handed on. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.decorateRequest('principal', null);
  app.decorateRequest('bodyHash');
  app.addHook('onRequest', async (request) => {
    request.bodyHash = noBytes;
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    hashBody(request, bytes as Buffer);
    if (request.routeOptions.config.takesBytes) return done(null, bytes);
    try {
      done(null, parseJsonBody(bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function acceptMediaType(app: FastifyInstance, mediaType: string): void {
  if (app.hasContentTypeParser(mediaType)) return;
  app.addContentTypeParser(mediaType, { parseAs: 'buffer' }, (request, bytes, done) => {
    hashBody(request, bytes as Buffer);
    done(null, bytes);
  });
}

/** A body in a media type that another operation takes, but not this one. */
function checkMediaType(operation: Operation, request: FastifyRequest): void {
  const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (given === undefined) return;
  const accepted = operation.consumes ?? ['application/json'];
  if (accepted.includes(given)) return;
  throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', `This call takes ${accepted.join(' or ')}.`, { accepted });
}

/** No text in the database can hold a NUL; in a body it is refused where that is parsed. */
function checkUrl(request: FastifyRequest): void {
  if (request.url.includes('%00')) throw errors.validation([{ path: '', message: 'has a NUL character' }]);
}

interface RouteContext<DB> {
  service: Service<DB>;
  verifier: PrincipalVerifier;
}

/** Gives the function with which a service's nouns register what they implement. */
export function createRegister<DB>(
  app: FastifyInstance,
  { service, verifier }: RouteContext<DB>,
): RegisterRoute<DB> {
  return (operation, handler) => {
    for (const mediaType of operation.consumes ?? []) acceptMediaType(app, mediaType);
    const status = successStatus(operation);
    app.route({
      method: operation.method,
      url: operation.path,
      ...(operation.bodyLimit ? { bodyLimit: operation.bodyLimit } : {}),
      schema: schemaOf(operation),
      config: { takesBytes: operation.consumes !== undefined },
      // Before the body is read: nobody makes a service parse 25 MB without a credential.
      onRequest: async (request, reply) => {
        request.principal = await authenticate(request, reply, verifier, service.securityEvents);
        authorize(operation, request.principal);
        checkUrl(request);
        checkMediaType(operation, request);
      },
      handler: async (request, reply) => {
        const principal = request.principal as Principal;
        const caller = toCaller(request, principal);
        reply.code(status);
        const call = createCall<DB, typeof operation>(request, reply, {
          service,
          caller,
          principal,
          ifMatch: ifMatchVersion(request),
        });
        const answer = await handler(call);
        if (reply.sent) return reply;
        return reply.statusCode === 204 ? reply.send() : answer;
      },
    });
  };
}

function schemaOf(operation: Operation): Record<string, unknown> {
  const { params, query, headers, responses, produces } = operation;
  const body = bodyOf(operation);
  return {
    ...(params ? { params } : {}),
    // Unknown query parameters are refused even where none are known.
    querystring: query ?? empty,
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
    ...(produces ? {} : { response: answersWithBody(responses) }),
  };
}

/** 204 has no body to make a serializer for. */
function answersWithBody(responses: Operation['responses']): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(responses).filter(([status]) => status !== '204'));
}

/** Fastify validates a body that was not sent as null. */
const orNothing = (body: object) => ({ anyOf: [body, { type: 'null' }] });
const empty = { type: 'object', properties: {}, additionalProperties: false };

/** What a body must be. Where none is known, one that says something is refused: it would be ignored without a word. */
function bodyOf({ method, body, consumes }: Operation): object | undefined {
  if (consumes || method === 'GET') return undefined;
  if (!body) return orNothing(empty);
  return '~optional' in body ? orNothing(body) : body;
}

import { setTimeout as delay } from 'node:timers/promises';
import { type Principal, principalHeader, type ServiceName, services } from '@stockade/contracts';
import { ServiceError } from '@stockade/service-kit/errors';
import type { PrincipalSigner } from '@stockade/service-kit/principal';
import { type Dispatcher, Pool, errors as undiciErrors } from 'undici';
import type { GatewayConfig } from '../config.ts';
import { type Breaker, createBreaker, isOpen, UpstreamFailure } from './breaker.ts';

export interface UpstreamCall {
  method: string;
  /** With its query. */
  path: string;
  principal: Principal;
  headers?: Record<string, string>;
  body?: Buffer | string | undefined;
  timeoutMs?: number;
}

export interface Upstreams {
  /** Sends a call to a service as the principal. Throws a 503 or 504 when there is no answer. */
  send(service: ServiceName, call: UpstreamCall): Promise<Dispatcher.ResponseData>;
  /** The same for JSON that the gateway itself asks for. */
  json(
    service: ServiceName,
    method: string,
    path: string,
    principal: Principal,
    body?: unknown,
    timeoutMs?: number,
  ): Promise<{ status: number; body: unknown }>;
  breaker(service: ServiceName): Breaker;
  close(): Promise<void>;
}

const connectionsPerService = 128;
const connectionLost = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const urlOf = (config: GatewayConfig, service: ServiceName) =>
  config[`${service.toUpperCase().replaceAll('-', '_')}_URL` as 'IDENTITY_URL'];

export function createUpstreams(config: GatewayConfig, signer: PrincipalSigner): Upstreams {
  const pools = new Map(
    services.map((service) => [
      service,
      {
        pool: new Pool(urlOf(config, service), {
          connections: connectionsPerService,
          pipelining: 1,
          connectTimeout: 2_000,
          // Below the services' own keep-alive: they must not close a connection that is just being used.
          keepAliveTimeout: 60_000,
          keepAliveMaxTimeout: 65_000,
        }),
        breaker: createBreaker(),
      },
    ]),
  );
  const partsOf = (service: ServiceName) => pools.get(service) as { pool: Pool; breaker: Breaker };

  const send = async (service: ServiceName, call: UpstreamCall): Promise<Dispatcher.ResponseData> => {
    const { pool, breaker } = partsOf(service);
    const token = await signer.sign(call.principal, service);
    const timeoutMs = call.timeoutMs ?? config.UPSTREAM_TIMEOUT_MS;
    const request = () =>
      pool.request({
        method: call.method as Dispatcher.HttpMethod,
        path: call.path,
        headers: { ...call.headers, [principalHeader]: token },
        body: call.body ?? null,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
    try {
      return await breaker.run(() => judged(call.method === 'GET' ? () => retryLost(request) : request));
    } catch (error) {
      throw toAnswer(error, service, breaker);
    }
  };

  return {
    send,
    async json(service, method, path, principal, body, timeoutMs) {
      const content =
        body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const answer = await send(service, {
        method,
        path,
        principal,
        ...content,
        ...(timeoutMs ? { timeoutMs } : {}),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text) };
    },
    breaker: (service) => partsOf(service).breaker,
    close: async () => void (await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()))),
  };
}

/** What the breaker has to know: no answer in time and 5xx are failures; the caller gets the answer in any case. */
class FailedAnswer extends UpstreamFailure {
  readonly answer: Dispatcher.ResponseData;
  constructor(answer: Dispatcher.ResponseData) {
    super(`answered ${answer.statusCode}`);
    this.answer = answer;
  }
}

async function judged(request: () => Promise<Dispatcher.ResponseData>): Promise<Dispatcher.ResponseData> {
  let answer: Dispatcher.ResponseData;
  try {
    answer = await request();
  } catch (error) {
    const late =
      error instanceof undiciErrors.HeadersTimeoutError || error instanceof undiciErrors.BodyTimeoutError;
    throw late ? new UpstreamFailure('no answer in time', { cause: error }) : error;
  }
  if (answer.statusCode >= 500) throw new FailedAnswer(answer);
  return answer;
}

const isLost = (error: unknown) => connectionLost.has((error as { code?: string }).code ?? '');

/** A read whose connection broke is asked once more: it changes nothing, and a fresh connection may work. */
async function retryLost(request: () => Promise<Dispatcher.ResponseData>): Promise<Dispatcher.ResponseData> {
  try {
    return await request();
  } catch (error) {
    if (!isLost(error)) throw error;
    await delay(20 + Math.random() * 80);
    return request();
  }
}

function toAnswer(error: unknown, service: ServiceName, breaker: Breaker): unknown {
  if (error instanceof FailedAnswer) return error;
  const away = (retryAfter: number) =>
    new ServiceError(
      'SERVICE_UNAVAILABLE',
      `The part of Stockade that answers this (${service}) is not available right now: try again shortly.`,
      { service },
      retryAfter,
    );
  if (isOpen(error)) return away(breaker.retryAfter);
  if (error instanceof UpstreamFailure) {
    return new ServiceError(
      'GATEWAY_TIMEOUT',
      `${service} did not answer in time. Whether it did what you asked is open: with an Idempotency-Key you can safely repeat it.`,
      { service },
      1,
    );
  }
  return isLost(error) ? away(1) : error;
}

/** A 5xx answer that a service gave, for handing it on. */
export const failedAnswer = (error: unknown): Dispatcher.ResponseData | null =>
  error instanceof FailedAnswer ? error.answer : null;

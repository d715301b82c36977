import { type Principal, principalHeader, type ServiceName, services } from '@stockade/contracts';
import { ServiceError } from '@stockade/service-kit/errors';
import type { PrincipalSigner } from '@stockade/service-kit/principal';
import { Pool } from 'undici';
import type { GatewayConfig } from '../config.ts';
import { Breaker, BreakerOpen, NoConnection, StartedLate, UpstreamFailure } from './breaker.ts';
import type { BreakerStore } from './breaker-store.ts';
import { bodyText, exchange, type UpstreamAnswer } from './exchange.ts';
import { Handover, isEnding } from './handover.ts';
import { askWithFreshToken, isTokenRefused } from './principal-token.ts';
import { RetryBudget, retryLost } from './retries.ts';

export interface UpstreamCall {
  method: string;
  /** With its query. */
  path: string;
  principal: Principal;
  /** In lower case; the principal's token is added to them. */
  headers?: Record<string, string>;
  body?: Buffer | string | undefined;
  timeoutMs?: number;
  /** Changes nothing, whatever its method. */
  isSafe?: boolean;
  /** A health check: it asks past the breaker and tells it nothing, for a service may be alive and yet fail its calls. */
  isProbe?: boolean;
}

/** A question of the gateway's own. */
export interface JsonCall extends Omit<UpstreamCall, 'body' | 'headers'> {
  content?: unknown;
}

export interface Upstreams {
  /** Sends a call to a service as the principal. Throws a 503 or 504 when there is no answer. */
  send(service: ServiceName, call: UpstreamCall): Promise<UpstreamAnswer>;
  /** The same for JSON that the gateway itself asks for. A 5xx answer is thrown as a 503: the caller asked for something else. */
  json(service: ServiceName, call: JsonCall): Promise<{ status: number; body: unknown }>;
  breaker(service: ServiceName): Breaker;
  /** Begins to listen for services that are about to end. */
  watch(): void;
  close(): Promise<void>;
}

const connectionsPerService = 128;
const connectionLost = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'ENOENT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const urlOf = (config: GatewayConfig, service: ServiceName) =>
  config[`${service.toUpperCase().replaceAll('-', '_')}_URL` as 'IDENTITY_URL'];

/** Connections to a service at a URL, or at `unix:/file`: on one machine a socket of the file system takes less time. */
function openPool(url: string): Pool {
  const isFile = url.startsWith('unix:');
  return new Pool(isFile ? 'http://localhost' : url, {
    connections: connectionsPerService,
    pipelining: 1,
    // Below the services' own keep-alive: they must not close a connection that is just being used.
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 65_000,
    connect: { timeout: 2_000, ...(isFile ? { socketPath: url.slice('unix:'.length) } : {}) },
  });
}

interface Upstream {
  handover: Handover;
  breaker: Breaker;
  retries: RetryBudget;
}

interface UpstreamsParts {
  signer: PrincipalSigner;
  store?: Pick<BreakerStore, 'note'>;
  /** Breakers that were not closed before a restart, with when they opened. */
  openBefore?: ReadonlyMap<ServiceName, number>;
}

export function createUpstreams(
  config: GatewayConfig,
  { signer, store, openBefore }: UpstreamsParts,
): Upstreams {
  const rules = {
    failures: config.BREAKER_FAILURES,
    openMs: config.BREAKER_OPEN_SECONDS * 1_000,
    probes: config.BREAKER_PROBES,
  };
  const makeBreaker = (service: ServiceName) => {
    const breaker = new Breaker({ rules, onChange: (openedAt) => store?.note(service, openedAt) });
    const openedAt = openBefore?.get(service);
    if (openedAt !== undefined) breaker.restore(openedAt);
    return breaker;
  };
  const upstreams = new Map<ServiceName, Upstream>(
    services.map((service) => [
      service,
      {
        handover: new Handover(() => openPool(urlOf(config, service))),
        breaker: makeBreaker(service),
        retries: new RetryBudget(config.RETRY_BUDGET_PERCENT),
      },
    ]),
  );
  const partsOf = (service: ServiceName) => upstreams.get(service) as Upstream;

  // Every call goes through here: what one without trouble needs stands in one piece, and the rest below it.
  const send = async (service: ServiceName, call: UpstreamCall): Promise<UpstreamAnswer> => {
    const { handover, breaker, retries } = partsOf(service);
    const { method, path, principal, headers = {}, body = null, isProbe = false } = call;
    const { timeoutMs = config.UPSTREAM_TIMEOUT_MS } = call;
    if (handover.ready && !isProbe) await handover.ready;
    let until = performance.now() + timeoutMs;
    const ask = (token: string) => {
      headers[principalHeader] = token;
      return exchange(handover.pool, { method, path, headers, body }, Math.max(1, until - performance.now()));
    };
    const askAgain = async (error: unknown) => {
      const again = async () => ask(await signer.sign(principal, service));
      let last = error;
      if (mayComeTwice(call)) {
        try {
          return await retryLost(retries, isLost, error, again);
        } catch (next) {
          last = next;
        }
      }
      // Refused while it is being replaced: the call has reached nobody, and may go to the next.
      if (isProbe || !handover.ready || !isRefused(last)) throw last;
      await handover.ready;
      until = performance.now() + timeoutMs;
      return again();
    };
    const attempt = async () => {
      retries.earn();
      let answer: UpstreamAnswer;
      try {
        answer = await ask(await signer.sign(principal, service));
      } catch (error) {
        answer = await askAgain(error);
      }
      if (isTokenRefused(answer)) answer = await askWithFreshToken(signer, principal, service, ask);
      if (isEnding(answer)) handover.noteEnding();
      if (isFailure(answer) && !isProbe) throw new FailedAnswer(answer);
      return answer;
    };
    try {
      return await (isProbe ? attempt() : breaker.run(attempt));
    } catch (error) {
      throw toAnswer(error, service, breaker);
    }
  };

  return {
    send,
    json: (service, call) => askJson(send, service, call),
    breaker: (service) => partsOf(service).breaker,
    watch() {
      for (const { handover } of upstreams.values()) void handover.watch();
    },
    close: async () =>
      void (await Promise.all([...upstreams.values()].map(({ handover }) => handover.close()))),
  };
}

async function askJson(
  send: Upstreams['send'],
  service: ServiceName,
  { content, ...call }: JsonCall,
): Promise<{ status: number; body: unknown }> {
  const body =
    content === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
  const answer = await send(service, { ...call, ...body }).catch((error) => {
    const failed = failedAnswer(error);
    if (failed) return failed;
    throw error;
  });
  const text = await bodyText(answer);
  // Shed: it says itself why, as to everybody else whom it sheds.
  if (isShedding(answer)) throw unavailable(service, retryAfterOf(answer) as number, messageIn(text));
  if (answer.statusCode >= 500) throw unavailable(service, 1);
  return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text) };
}

/** What the breaker has to know: no answer in time and 5xx are failures; the caller gets the answer in any case. */
class FailedAnswer extends UpstreamFailure {
  readonly answer: UpstreamAnswer;
  constructor(answer: UpstreamAnswer) {
    super(`answered ${answer.statusCode}`);
    this.answer = answer;
  }
}

/** When a service says to come again; null when it does not say. */
function retryAfterOf({ headers }: UpstreamAnswer): number | null {
  const seconds = Number(headers['retry-after']);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : null;
}

/**
 * A 503 that says when to come again is no failure: the service lives and sheds what is too much for it, such as a flood
 * of sign-ins. Counted, anybody could close identity to all for 30 s.
 */
const isShedding = (answer: UpstreamAnswer) => answer.statusCode === 503 && retryAfterOf(answer) !== null;

const isFailure = (answer: UpstreamAnswer) => answer.statusCode >= 500 && !isShedding(answer);

const isRefused = (error: unknown) =>
  ['ECONNREFUSED', 'ENOENT'].includes((error as { code?: string }).code ?? '');
const isLost = (error: unknown) => connectionLost.has((error as { code?: string }).code ?? '');

/** What changes nothing, and a call with an idempotency key, which has its effect once; all others may not be sent again. */
const mayComeTwice = ({ method, headers, isSafe = method === 'GET' }: UpstreamCall) =>
  isSafe || headers?.['idempotency-key'] !== undefined;

/** The sentence in an error's envelope, if it is one. */
function messageIn(text: string): string | undefined {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}

const unavailable = (service: ServiceName, retryAfter: number, why?: string) =>
  new ServiceError(
    'SERVICE_UNAVAILABLE',
    why ??
      `The part of Stockade that answers this (${service}) is not available right now: try again shortly.`,
    { service },
    retryAfter,
  );

function toAnswer(error: unknown, service: ServiceName, breaker: Breaker): unknown {
  if (error instanceof FailedAnswer) return error;
  if (error instanceof BreakerOpen) return unavailable(service, breaker.retryAfter);
  if (error instanceof NoConnection)
    return unavailable(service, 1, 'Too many calls at once: try again shortly.');
  if (error instanceof UpstreamFailure || error instanceof StartedLate) {
    return new ServiceError(
      'GATEWAY_TIMEOUT',
      `${service} did not answer in time. Whether it did what you asked is open: with an Idempotency-Key you can safely repeat it.`,
      { service },
      1,
    );
  }
  return isLost(error) ? unavailable(service, 1) : error;
}

/** A 5xx answer that a service gave, for handing it on. */
export const failedAnswer = (error: unknown): UpstreamAnswer | null =>
  error instanceof FailedAnswer ? error.answer : null;

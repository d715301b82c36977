import type { Operation, Principal } from '@stockade/contracts';
import { inTenant } from '@stockade/database';
import { type Caller, runWork, type Work } from '@stockade/messaging';
import type { Sealer, Secrets } from '@stockade/secrets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import type { Static, TSchema } from 'typebox';
import type { CommandGroup } from './group.ts';
import {
  claimKeys,
  type IdempotencyTable,
  type IdempotentCall,
  idempotentCall,
  type StoredAnswer,
  storeAnswers,
} from './idempotency.ts';
import type { Logger } from './logger.ts';
import type { SecurityEvents } from './security-events.ts';

type Part<O, K extends string, Otherwise> =
  O extends Record<K, infer S extends TSchema> ? Static<S> : Otherwise;
/** What the handler gets as the body: bytes where the operation names media types, else what its schema says. */
type Body<O> = O extends { consumes: readonly string[] } ? Buffer : Part<O, 'body', undefined>;

/** What a process of the service has at hand. */
export interface Service<DB, Config = unknown> {
  readonly name: string;
  /** As the app role: one tenant at a time. */
  readonly db: Kysely<DB>;
  /** As the system role: across tenants, with narrow grants. */
  readonly systemDb: Kysely<DB>;
  readonly log: Logger;
  /** What is noted here goes to the log and to the audit, sampled under a flood. */
  readonly securityEvents: SecurityEvents;
  readonly config: Config;
  /** Those that change while it runs: `current` to sign and seal with, `accepted` to check with. */
  readonly secrets: Secrets;
  /** Runs when the process stops, before connections are closed. */
  onShutdown(close: () => Promise<void> | void): void;
}

interface CommandOptions<T> {
  /** What a replay by Idempotency-Key gives instead of the answer: leave secrets out. */
  replay?: (result: T) => unknown;
  /** Seals the answer that is kept for the Idempotency-Key: it shows what is stored nowhere in plain. */
  sealer?: Sealer;
}

export interface Call<DB, O> {
  readonly params: Part<O, 'params', Record<string, string>>;
  readonly query: Part<O, 'query', Record<string, never>>;
  readonly headers: Part<O, 'headers', Record<string, string | undefined>>;
  readonly body: Body<O>;
  readonly caller: Caller;
  readonly principal: Principal;
  /** The version that If-Match names. */
  readonly ifMatch: number | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly service: Service<DB>;
  /** Runs in a read-only transaction of the caller's tenant. */
  read<T>(read: (trx: Transaction<DB>) => Promise<T>): Promise<T>;
  /**
   * Runs a change: one transaction with the change, its events, its audit entries and, when the caller sent an
   * Idempotency-Key, the answer, so that a repeated call gets the first answer and has no second effect.
   */
  command<T>(change: (work: Work<DB>) => Promise<T>, options?: CommandOptions<T>): Promise<T>;
  /** Like `command`, in one transaction with what others of the tenant want at the same moment. */
  grouped<I, T>(group: CommandGroup<DB, I, T>, input: I): Promise<T>;
}

/** The status of an operation's success: the only one it declares, or the lowest. */
export function successStatus(operation: Operation): number {
  return Math.min(...Object.keys(operation.responses).map(Number));
}

interface CallContext<DB> {
  service: Service<DB>;
  caller: Caller;
  principal: Principal;
  ifMatch: number | null;
}

export function createCall<DB, O extends Operation>(
  request: FastifyRequest,
  reply: FastifyReply,
  { service, caller, principal, ifMatch }: CallContext<DB>,
): Call<DB, O> {
  return {
    params: request.params as Call<DB, O>['params'],
    query: request.query as Call<DB, O>['query'],
    headers: request.headers as Call<DB, O>['headers'],
    body: request.body as Call<DB, O>['body'],
    caller,
    principal,
    ifMatch,
    request,
    reply,
    service,
    read: (read) => inTenant(service.db, caller.tenantId, read, { readOnly: true }),
    command: (change, options) => runCommand(request, reply, { service, caller }, change, options),
    grouped: (group, input) => runGrouped(request, reply, { service, caller }, group, input),
  };
}

async function runCommand<DB, T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { service, caller }: Pick<CallContext<DB>, 'service' | 'caller'>,
  change: (work: Work<DB>) => Promise<T>,
  { replay = (result) => result, sealer }: CommandOptions<T> = {},
): Promise<T> {
  const keyed = idempotentCall(request, caller.tenantId, caller.actor.id);
  const carryOut = async (work: Work<DB>) => {
    if (!keyed) return change(work);
    const keys = work.trx as unknown as Transaction<IdempotencyTable>;
    const claim = (await claimKeys(keys, [keyed])).get(keyed);
    if (claim && 'refused' in claim) throw claim.refused;
    if (claim?.answer) return replayed<T>(reply, openAnswer(claim.answer, keyed, sealer));
    const result = await change(work);
    const answer = { status: reply.statusCode, body: replay(result) };
    await storeAnswers(keys, [{ call: keyed, answer: sealAnswer(answer, keyed, sealer) }]);
    return result;
  };
  return runWork(service.db, caller, carryOut, { repeatable: keyed !== null });
}

const answerContext = ({ tenantId, principalId, key }: IdempotentCall) =>
  `answer ${tenantId} ${principalId} ${key}`;

function sealAnswer({ status, body }: StoredAnswer, call: IdempotentCall, sealer?: Sealer): StoredAnswer {
  if (!sealer) return { status, body };
  const sealed = sealer.seal(Buffer.from(JSON.stringify(body ?? null)), answerContext(call));
  return { status, body: { sealed: sealed.toString('base64') } };
}

/** Answers from before are in plain. */
function openAnswer({ status, body }: StoredAnswer, call: IdempotentCall, sealer?: Sealer): StoredAnswer {
  const sealed = (body as { sealed?: unknown } | null)?.sealed;
  if (!sealer || typeof sealed !== 'string') return { status, body };
  const opened = sealer.open(Buffer.from(sealed, 'base64'), answerContext(call));
  return { status, body: JSON.parse(opened.toString()) };
}

/** Answers as the first call was answered. */
function replayed<T>(reply: FastifyReply, { status, body }: StoredAnswer): T {
  reply.code(status).header('idempotency-replayed', 'true');
  return body as T;
}

async function runGrouped<DB, I, T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { service, caller }: Pick<CallContext<DB>, 'service' | 'caller'>,
  group: CommandGroup<DB, I, T>,
  input: I,
): Promise<T> {
  const keyed = idempotentCall(request, caller.tenantId, caller.actor.id);
  const outcome = await group.submit(service.db, { caller, keyed, status: reply.statusCode, input });
  return 'stored' in outcome ? replayed<T>(reply, outcome.stored) : outcome.result;
}

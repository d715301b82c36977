import { inTenant, isLockTimeout, isRetryable, isTransient, onBehalfOf } from '@stockade/database';
import { announce, type Caller, createWork, flushWork, type Work } from '@stockade/messaging';
import { type Kysely, sql, type Transaction } from 'kysely';
import { ServiceError } from './errors.ts';
import {
  type Claim,
  claimKeys,
  type IdempotencyTable,
  type IdempotentCall,
  type StoredAnswer,
  storeAnswers,
} from './idempotency.ts';

export interface Member<I> {
  caller: Caller;
  keyed: IdempotentCall | null;
  /** Of a good answer. */
  status: number;
  input: I;
}

/** What a member gets: its result, or the answer that an earlier call with its key got. */
export type Outcome<T> = { result: T } | { stored: StoredAnswer };

/** Several calls of one tenant, carried out in one transaction. */
export interface CommandGroup<DB, I, T> {
  submit(db: Kysely<DB>, member: Member<I>): Promise<Outcome<T>>;
}

interface GroupOptions<DB, I, T> {
  /** The most that go into one transaction. */
  maxSize: number;
  /** How many transactions of a tenant may be under way. */
  maxUnderWay: number;
  /**
   * Carries out what each wants (there is at least one), in their order, and gives each its result or the refusal that it
   * gets. Who is refused must have left nothing behind; any other error ends the whole transaction.
   */
  run(works: readonly Work<DB>[], inputs: readonly I[]): Promise<(T | ServiceError)[]>;
}

interface Waiting<DB, I, T> {
  db: Kysely<DB>;
  member: Member<I>;
  resolve: (outcome: Outcome<T>) => void;
  reject: (error: unknown) => void;
}

interface Tenant<DB, I, T> {
  waiting: Waiting<DB, I, T>[];
  /** Transactions. */
  underWay: number;
  /** Members that have to wait for a lock. */
  patient: Waiting<DB, I, T>[];
  patientUnderWay: number;
}

/**
 * Group commit: a call that comes while its tenant has no transaction under way begins at once and alone; those that
 * come meanwhile go into the next one together. What a transaction costs (round trips, locks, the flush to disk) is
 * then paid once for all of them, while each keeps its own key, refusal, events and audit entry. When a transaction
 * was rolled back as a whole, each of its members is carried out by itself.
 */
export function createCommandGroup<DB, I, T>(options: GroupOptions<DB, I, T>): CommandGroup<DB, I, T> {
  const tenants = new Map<string, Tenant<DB, I, T>>();

  const next = (tenantId: string) => {
    const tenant = tenants.get(tenantId);
    if (!tenant || tenant.underWay >= options.maxUnderWay) return;
    const batch = tenant.waiting.splice(0, options.maxSize);
    if (batch.length === 0) {
      if (tenant.underWay === 0 && tenant.patientUnderWay === 0) tenants.delete(tenantId);
      return;
    }
    tenant.underWay++;
    void settle(tenantId, batch, options).then((patient) => {
      tenant.patient.push(...patient);
      tenant.underWay--;
      waitOut(tenantId, tenant);
      next(tenantId);
    });
  };

  /** Those whose lock takes long, beside all others. */
  const waitOut = (tenantId: string, tenant: Tenant<DB, I, T>) => {
    while (tenant.patientUnderWay < patientAtOnce) {
      const one = tenant.patient.shift();
      if (!one) return;
      tenant.patientUnderWay++;
      void settle(tenantId, [one], options, true).then(() => {
        tenant.patientUnderWay--;
        waitOut(tenantId, tenant);
        next(tenantId);
      });
    }
  };

  return {
    submit(db, member) {
      const { tenantId } = member.caller;
      return new Promise((resolve, reject) => {
        const tenant = tenants.get(tenantId) ?? { waiting: [], underWay: 0, patient: [], patientUnderWay: 0 };
        tenants.set(tenantId, tenant);
        tenant.waiting.push({ db, member, resolve, reject });
        next(tenantId);
      });
    },
  };
}

/** How many of a transaction that fell apart are carried out beside each other. */
const aloneAtOnce = 3;
/** How many of a tenant wait for locks that take long; each holds a connection. */
const patientAtOnce = 2;

/** Carries a batch out and answers each of it, but for those it gives back: they have to wait for a lock. Never throws. */
async function settle<DB, I, T>(
  tenantId: string,
  batch: readonly Waiting<DB, I, T>[],
  options: GroupOptions<DB, I, T>,
  isPatient = false,
): Promise<readonly Waiting<DB, I, T>[]> {
  const [first] = batch as [Waiting<DB, I, T>];
  let outcomes: (Outcome<T> | ServiceError)[];
  try {
    const members = batch.map(({ member }) => member);
    outcomes = await onBehalfOf(first.member.caller, () =>
      inTenant(first.db, tenantId, (trx) => carryOut(trx, members, { ...options, isPatient }), {
        repeatable: members.every(({ keyed }) => keyed !== null),
      }),
    ).catch((error) => {
      if (error instanceof NothingDone) return error.outcomes as (Outcome<T> | ServiceError)[];
      throw error;
    });
  } catch (error) {
    // A connection that breaks at the commit may have committed: only what was rolled back for sure is done again.
    const isSure = !isTransient(error) || isRetryable(error) || isLockTimeout(error);
    if (batch.length > 1 && isSure) return settleApart(tenantId, batch, error, options);
    if (isLockTimeout(error) && !isPatient) return batch;
    for (const { reject } of batch) reject(error);
    return [];
  }
  announce(first.db);
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome instanceof ServiceError) batch[at]?.reject(outcome);
    else batch[at]?.resolve(outcome);
  }
  return [];
}

/** After a transaction that was rolled back as a whole: those who are to blame alone, the others together, if it is known. */
async function settleApart<DB, I, T>(
  tenantId: string,
  batch: readonly Waiting<DB, I, T>[],
  error: unknown,
  options: GroupOptions<DB, I, T>,
): Promise<readonly Waiting<DB, I, T>[]> {
  const leaving = error instanceof LeavesBehind ? new Set(error.members) : null;
  const rest = leaving ? batch.filter((_, at) => !leaving.has(at)) : [];
  const patient = rest.length > 0 ? [...(await settle(tenantId, rest, options))] : [];
  const alone = (leaving ? batch.filter((_, at) => leaving.has(at)) : batch).values();
  const one = async () => {
    for (const waiting of alone) patient.push(...(await settle(tenantId, [waiting], options)));
  };
  await Promise.all(Array.from({ length: aloneAtOnce }, one));
  return patient;
}

/** Thrown by `run`: these members, by their place, are refused, and would leave something behind in a shared transaction. */
export class LeavesBehind extends Error {
  readonly members: readonly number[];

  constructor(members: readonly number[]) {
    super('A refused member would leave something behind');
    this.members = members;
  }
}

/** Ends a transaction in which everybody was refused or had an answer already: not even its locks' traces are kept. */
class NothingDone extends Error {
  readonly outcomes: readonly unknown[];

  constructor(outcomes: readonly unknown[]) {
    super('Nothing was done');
    this.outcomes = outcomes;
  }
}

async function carryOut<DB, I, T>(
  trx: Transaction<DB>,
  members: readonly Member<I>[],
  { run, isPatient }: GroupOptions<DB, I, T> & { isPatient: boolean },
): Promise<(Outcome<T> | ServiceError)[]> {
  const keys = trx as unknown as Transaction<IdempotencyTable>;
  // One member's lock must not keep all the others waiting: who has to wait longer does it alone.
  if (!isPatient) await sql`set local lock_timeout = '250ms'`.execute(trx);
  const claims = await claimKeys(
    keys,
    members.map(({ keyed }) => keyed).filter((keyed) => keyed !== null),
  );
  const claimOf = ({ keyed }: Member<I>): Claim => (keyed && claims.get(keyed)) ?? { answer: null };
  const going = members.filter((member) => {
    const claim = claimOf(member);
    return 'answer' in claim && claim.answer === null;
  });
  const works = going.map(({ caller }) => createWork(trx, caller));
  const inputs = going.map(({ input }) => input);
  const results = going.length === 0 ? [] : await run(works, inputs);
  const done = going.flatMap((member, at) => {
    const result = results[at] as T | ServiceError;
    return result instanceof ServiceError ? [] : [{ member, result, work: works[at] as Work<DB> }];
  });
  await flushWork(...done.map(({ work }) => work));
  await storeAnswers(
    keys,
    done.flatMap(({ member: { keyed, status }, result }) =>
      keyed ? [{ call: keyed, answer: { status, body: result } }] : [],
    ),
  );
  const resultOf = new Map(going.map((member, at) => [member, results[at] as T | ServiceError]));
  const outcomes = members.map((member): Outcome<T> | ServiceError => {
    const claim = claimOf(member);
    if ('refused' in claim) return claim.refused;
    if (claim.answer) return { stored: claim.answer };
    const result = resultOf.get(member) as T | ServiceError;
    return result instanceof ServiceError ? result : { result };
  });
  if (done.length === 0) throw new NothingDone(outcomes);
  return outcomes;
}

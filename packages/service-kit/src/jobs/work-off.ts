import { isTransient } from '@stockade/database';
import type { RawBuilder } from 'kysely';
import type { Service } from '../call.ts';
import type { Task } from '../tasks.ts';
import {
  claimJob,
  type JobTable,
  type Lease,
  LeaseLost,
  releaseLease,
  renewEveryMs,
  renewLease,
} from './lease.ts';

export interface JobKind<DB> {
  readonly table: JobTable;
  /** Keeps jobs waiting, besides those whose tenant has one running. */
  readonly unless?: RawBuilder<boolean>;
  /** Works on the job until it has ended. Throws `Interrupted` soon after the signal. */
  work(service: Service<DB>, lease: Lease, signal: AbortSignal): Promise<void>;
}

/** The process is about to end: the job is for another one. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Before each step that a job could be left at. */
export function checkInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted();
}

const retryAfterSeconds = 5;

/** Does one job that waits; `found` is called when there is one. Gives whether there was. */
export async function workOffOne<DB>(
  service: Service<DB>,
  kind: JobKind<DB>,
  signal: AbortSignal,
  found?: () => void,
): Promise<boolean> {
  const lease = await claimJob(service.systemDb, kind.table, kind.unless);
  if (!lease) return false;
  found?.();
  const renewal = setInterval(() => {
    renewLease(service.systemDb, lease).catch((error) =>
      service.log.warn({ err: error, job: lease.jobId }, 'A lease could not be renewed'),
    );
  }, renewEveryMs);
  try {
    await kind.work(service, lease, signal);
  } catch (error) {
    await putBack(service, lease, error);
  } finally {
    clearInterval(renewal);
  }
  return true;
}

/** An attempt counts only when the job itself may be what failed. */
async function putBack<DB>(service: Service<DB>, lease: Lease, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  const interrupted = error instanceof Interrupted;
  if (!interrupted)
    service.log.error(
      { err: error, table: lease.table, job: lease.jobId },
      'A job failed; it is tried again',
    );
  await releaseLease(service.systemDb, lease, {
    afterSeconds: interrupted ? 0 : retryAfterSeconds,
    counts: !interrupted && !isTransient(error),
  }).catch((failure) => service.log.warn({ err: failure }, 'A job waits until its lease is over'));
}

/** Up to `lanes` jobs at once in a process, each of another tenant. */
export const workOffTask = <DB>(name: string, kind: JobKind<DB>, lanes = 1): Task<DB> => ({
  ...{ name, everyMs: 500, lanes },
  run: async (service, signal, found) => void (await workOffOne(service, kind, signal, found)),
});

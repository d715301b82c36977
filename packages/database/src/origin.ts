import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that work is done for, directly or by way of an event. */
export interface Origin {
  readonly requestId: string | null;
  readonly traceparent: string | null;
}

const storage = new AsyncLocalStorage<Origin>();

/** Runs work that is done for a request: what is logged of its statements names it. */
export const onBehalfOf = <T>({ requestId, traceparent }: Origin, work: () => T): T =>
  storage.run({ requestId, traceparent }, work);

/** What ties a log line to the request that it was done for; nothing where there is none. */
export function originFields(): { requestId?: string; traceId?: string } {
  const origin = storage.getStore();
  const traceId = origin?.traceparent?.split('-')[1];
  return {
    ...(origin?.requestId ? { requestId: origin.requestId } : {}),
    ...(traceId ? { traceId } : {}),
  };
}

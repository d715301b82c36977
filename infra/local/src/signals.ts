/** Ctrl-C in a terminal comes twice, from the terminal and through npm: only what comes later is a second one. */
const sameSignalMs = 700;

export interface StopRequest {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP, or by `stop`. */
  signal: AbortSignal;
  /** Aborted by a second signal: whoever waits should wait no longer. */
  hurry: AbortSignal;
  /** Ends everything for a reason of our own; the reason becomes the error that is told. */
  stop(reason: Error): void;
}

export function listenForStop(): StopRequest {
  const first = new AbortController();
  const second = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (firstAt === 0) {
      firstAt = Date.now();
      first.abort(new StoppedBySignal());
    } else if (Date.now() - firstAt > sameSignalMs) {
      second.abort();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return { signal: first.signal, hurry: second.signal, stop: (reason) => first.abort(reason) };
}

/** The user asked for the end: nothing went wrong. */
export class StoppedBySignal extends Error {
  override name = 'StoppedBySignal';
}

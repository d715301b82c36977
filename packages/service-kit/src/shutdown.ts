import type { Logger } from './logger.ts';

/** A little less than whoever ended it waits. */
const shutdownTimeoutMs = 9_000;

/**
 * Closes in order when the process is asked to end (SIGTERM, SIGINT, or the launcher's death), and ends it within 10 s: what
 * is under way by then is handed back, as a lock that runs out or a transaction that is rolled back. What failed to close is told, and does not keep the rest from closing.
 */
export function closeOnSignal(
  log: Logger,
  steps: readonly (() => Promise<unknown> | unknown)[],
  exitWithParent: boolean,
): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(log, steps);
    return closing;
  };
  const end = async (reason: string) => {
    log.info({ reason }, 'Shutting down');
    setTimeout(() => process.exit(1), shutdownTimeoutMs).unref();
    await close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end('SIGTERM'));
  process.once('SIGINT', () => void end('SIGINT'));
  if (exitWithParent) {
    process.stdin.resume();
    process.stdin.once('close', () => void end('the launcher is gone'));
    // Standard input must not keep the process alive by itself.
    (process.stdin as { unref?: () => void }).unref?.();
  }
  return close;
}

async function closeAll(log: Logger, steps: readonly (() => Promise<unknown> | unknown)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      log.error({ err: error }, 'A part did not close cleanly');
    }
  }
  await (globalThis as { stockadeTelemetry?: { shutdown(): Promise<void> } }).stockadeTelemetry
    ?.shutdown()
    .catch(() => {});
}

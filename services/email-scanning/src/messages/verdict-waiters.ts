import { type Listener, listen } from '@stockade/database';
import type { Service } from '@stockade/service-kit';

export const scannedChannel = 'email_scanning_scanned';

/** Requests that wait for a verdict, woken by the database when the scan has committed. */
export interface VerdictWaiters {
  start(service: Service<never>): void;
  /**
   * Settles when the message was scanned or `ms` have passed. Ask for it before looking at the message, so that a scan
   * that ends in between is not missed.
   */
  wait(messageId: string, ms: number): { done: Promise<void>; cancel(): void };
}

export function createVerdictWaiters(): VerdictWaiters {
  const waiting = new Map<string, Set<() => void>>();
  let listener: Listener | undefined;
  return {
    start(service) {
      const config = service.config as { DATABASE_DIRECT_URL?: string; DATABASE_SYSTEM_URL: string };
      listener = listen({
        url: config.DATABASE_DIRECT_URL ?? config.DATABASE_SYSTEM_URL,
        channel: scannedChannel,
        applicationName: 'stockade-email-scanning-verdicts',
        log: service.log,
        onNotification: (messageIds) => {
          for (const id of messageIds.split(' ')) for (const wake of waiting.get(id) ?? []) wake();
        },
        // What was notified while nobody listened is found by looking: wake everybody.
        onState: () => {
          for (const wakes of waiting.values()) for (const wake of wakes) wake();
        },
      });
      service.onShutdown(() => listener?.stop());
    },
    wait(messageId, ms) {
      let cancel = () => {};
      const done = new Promise<void>((resolve) => {
        const timer = setTimeout(() => cancel(), ms);
        const wakes = waiting.get(messageId) ?? new Set();
        waiting.set(messageId, wakes);
        const wake = () => cancel();
        wakes.add(wake);
        cancel = () => {
          clearTimeout(timer);
          wakes.delete(wake);
          if (wakes.size === 0) waiting.delete(messageId);
          resolve();
        };
      });
      return { done, cancel };
    },
  };
}

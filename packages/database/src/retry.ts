import { setTimeout as delay } from 'node:timers/promises';
import { isConnectionLoss, isRetryable } from './errors.ts';

const waitsMs = [100, 200, 400, 800];

const mayHelp = (error: unknown): boolean => isRetryable(error) || isConnectionLoss(error);

/**
 * Does the work again after a deadlock, a serialisation failure or a lost connection: at most four times, with jitter. Only
 * for what may be done twice, such as a look-up; `isSafe` tells more precisely after which failures it may.
 */
export async function retried<T>(
  work: () => Promise<T>,
  isSafe: (error: unknown) => boolean = mayHelp,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const wait = waitsMs[attempt];
      if (wait === undefined || !isSafe(error)) throw error;
      await delay(wait * (0.5 + Math.random()));
    }
  }
}

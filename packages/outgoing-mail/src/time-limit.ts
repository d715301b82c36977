import { ProviderError } from './provider.ts';

// What heeds the signal speaks first, so that "accepted, but the answer's rest is missing" is not lost to the race.
const graceMs = 250;

/** Aborts `call`'s signal after `timeoutMs`, and shortly later gives up on a call that does not heed it. */
export async function withinTime<T>(
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new ProviderError('temporary', 'No answer in time'));
  const timer = setTimeout(giveUp, timeoutMs + graceMs);
  try {
    return await Promise.race([call(AbortSignal.timeout(timeoutMs)), late]);
  } finally {
    clearTimeout(timer);
  }
}

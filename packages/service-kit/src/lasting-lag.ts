/** How often @fastify/under-pressure takes a new sample of the event loop's lag: its default, in milliseconds. */
const sampleMs = 1_000;

/**
 * Tells lag that lasts from one pause. A process that stood still once, such as at a slow start or on a machine that was
 * busy for a moment, is not overloaded, and refuses nobody for it; one that lags in two samples one after the other is.
 *
 * To be asked with the lag that @fastify/under-pressure tells at each call above its limit, in milliseconds. It gives the
 * mean of a sample until there is the next one, and infinity for one that a single pause filled.
 */
export function lastingLag(now = () => performance.now()): (lagMs: number) => boolean {
  let sample = 0;
  let seenAt = Number.NEGATIVE_INFINITY;
  let lasts = false;
  return (lagMs) => {
    if (!Number.isFinite(lagMs)) return false;
    if (lagMs !== sample) {
      // A good sample between two bad ones takes a second of its own, and the lag of the second one is on top.
      lasts = now() - seenAt < 1.9 * sampleMs + lagMs;
      sample = lagMs;
      seenAt = now();
    }
    return lasts;
  };
}

const windowMs = 60_000;
const maxCrashes = 20;

/** Counts crashes; `exceeded` says after each whether there were more than twenty within a minute. */
export function createCrashLimit(now: () => number = Date.now): { exceeded(): boolean; recent(): number } {
  const crashes: number[] = [];
  return {
    exceeded() {
      const at = now();
      crashes.push(at);
      while ((crashes[0] ?? at) <= at - windowMs) crashes.shift();
      return crashes.length > maxCrashes;
    },
    recent: () => crashes.length,
  };
}

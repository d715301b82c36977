/** Holds the event loop, as work does that leaves nothing else its turn. */
export function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

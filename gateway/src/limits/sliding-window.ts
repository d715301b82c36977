/** What a limit says of one call. */
export interface LimitState {
  /** Calls that count now, this one included; above the limit: refused. */
  current: number;
  /** Milliseconds until a place becomes free. */
  ttl: number;
}

/** A window is watched in so many slices; what is counted leaves it a slice late at most, never early. */
export const slicesPerWindow = 60;
const maxKeys = 50_000;

interface Window {
  counts: Uint32Array;
  total: number;
  /** The number of the newest slice since the process began: by a clock that never steps. */
  newest: number;
}

/**
 * Sliding windows in memory: within any stretch of a window's length no more than `max` calls pass, at its edges too. A
 * refused call takes no place. Bounded: the window that was not used for the longest time goes first.
 */
export class SlidingWindows {
  readonly #windows = new Map<string, Window>();

  hit(key: string, windowMs: number, max: number, now = performance.now()): LimitState {
    const sliceMs = windowMs / slicesPerWindow;
    const slice = Math.floor(now / sliceMs);
    const window = this.#advance(key, slice);
    if (window.total >= max) return { current: max + 1, ttl: this.#untilFree(window, slice, sliceMs, now) };
    window.counts[slice % window.counts.length]! += 1;
    window.total += 1;
    return { current: window.total, ttl: this.#untilFree(window, slice, sliceMs, now) };
  }

  /** As it is, without counting. */
  look(key: string, windowMs: number, max: number, now = performance.now()): LimitState {
    const sliceMs = windowMs / slicesPerWindow;
    const slice = Math.floor(now / sliceMs);
    if (!this.#windows.has(key)) return { current: 0, ttl: 0 };
    const window = this.#advance(key, slice);
    const current = window.total >= max ? max + 1 : window.total;
    return { current, ttl: this.#untilFree(window, slice, sliceMs, now) };
  }

  forget(key: string): void {
    this.#windows.delete(key);
  }

  keys(): string[] {
    return [...this.#windows.keys()];
  }

  #advance(key: string, slice: number): Window {
    let window = this.#windows.get(key);
    // Within a slice nothing leaves it, and its place among the others stays as it is.
    if (window?.newest === slice) return window;
    if (window) {
      this.#windows.delete(key);
    } else {
      window = { counts: new Uint32Array(slicesPerWindow + 1), total: 0, newest: slice };
      if (this.#windows.size >= maxKeys) this.#windows.delete(this.#windows.keys().next().value as string);
    }
    this.#windows.set(key, window);
    const steps = Math.min(Math.max(0, slice - window.newest), window.counts.length);
    for (let step = 1; step <= steps; step++) {
      const at = (slice - steps + step) % window.counts.length;
      window.total -= window.counts[at] ?? 0;
      window.counts[at] = 0;
    }
    window.newest = Math.max(window.newest, slice);
    return window;
  }

  /** When the oldest slice that holds a call leaves the window. */
  #untilFree(window: Window, slice: number, sliceMs: number, now: number): number {
    for (let age = slicesPerWindow; age >= 0; age--) {
      const at = slice - age;
      if (at >= 0 && window.counts[at % window.counts.length])
        return Math.max(1, Math.ceil((at + slicesPerWindow + 1) * sliceMs - now));
    }
    return 0;
  }
}

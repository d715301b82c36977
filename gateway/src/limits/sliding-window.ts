/** What a limit says of one call. */
export interface LimitState {
  /** Calls that count now, this one included; above the limit: refused. */
  current: number;
  /** Milliseconds until a place becomes free. */
  ttl: number;
}

/** A window is watched in so many slices; what is counted leaves it a slice late at most, never early. */
export const slicesPerWindow = 60;
const maxKeysOfKind = 20_000;

interface Window {
  counts: Uint32Array;
  total: number;
  /** The number of the newest slice since the process began: by a clock that never steps. */
  newest: number;
}

/**
 * Sliding windows in memory: within any stretch of a window's length no more than `max` calls pass, at its edges too. A
 * refused call takes no place. Bounded for each kind of key, which stands before its colon: the window that was not used
 * for the longest time goes first, so a flood of fresh addresses takes no place from what is counted of anything else.
 */
export class SlidingWindows {
  readonly #kinds = new Map<string, Map<string, Window>>();

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
    if (!this.#windowsLike(key).has(key)) return { current: 0, ttl: 0 };
    const window = this.#advance(key, slice);
    const current = window.total >= max ? max + 1 : window.total;
    return { current, ttl: this.#untilFree(window, slice, sliceMs, now) };
  }

  forget(key: string): void {
    this.#windowsLike(key).delete(key);
  }

  keys(): string[] {
    return [...this.#kinds.values()].flatMap((windows) => [...windows.keys()]);
  }

  /** Those of the key's kind. */
  #windowsLike(key: string): Map<string, Window> {
    const kind = key.slice(0, Math.max(0, key.indexOf(':')));
    let windows = this.#kinds.get(kind);
    if (!windows) {
      windows = new Map();
      this.#kinds.set(kind, windows);
    }
    return windows;
  }

  #advance(key: string, slice: number): Window {
    const windows = this.#windowsLike(key);
    let window = windows.get(key);
    // Within a slice nothing leaves it, and its place among the others stays as it is.
    if (window?.newest === slice) return window;
    if (window) {
      windows.delete(key);
    } else {
      window = { counts: new Uint32Array(slicesPerWindow + 1), total: 0, newest: slice };
      if (windows.size >= maxKeysOfKind) windows.delete(windows.keys().next().value as string);
    }
    windows.set(key, window);
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

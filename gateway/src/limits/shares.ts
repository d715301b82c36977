interface Bounds {
  /** How much one may have. */
  each: number;
  /** How much all may have together. */
  all: number;
}

/** Shares out what is there for everybody: nobody has all of it. */
export class Shares {
  readonly #bounds: Bounds;
  readonly #taken = new Map<string, number>();
  #sum = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  hasRoom(who: string, amount: number): boolean {
    const { each, all } = this.#bounds;
    return (this.#taken.get(who) ?? 0) + amount <= each && this.#sum + amount <= all;
  }

  /** What it has room for. */
  take(who: string, amount: number): void {
    this.#taken.set(who, (this.#taken.get(who) ?? 0) + amount);
    this.#sum += amount;
  }

  giveBack(who: string, amount: number): void {
    const left = (this.#taken.get(who) ?? 0) - amount;
    if (left > 0) this.#taken.set(who, left);
    else this.#taken.delete(who);
    this.#sum -= amount;
  }
}

import { ServiceError } from '@stockade/service-kit/errors';

declare module 'fastify' {
  interface FastifyRequest {
    held: Held;
  }
}

const gone = () => new ServiceError('REQUEST_TIMEOUT', 'The caller left before the call was made.');

/**
 * What a call takes of what is there for all. It is given back when its caller has gone and its service has answered, whichever
 * is later: the service still works for who does not wait.
 */
export class Held {
  /** The caller; and the work in a service while it lasts. */
  #users = 1;
  readonly #giveBacks: (() => void)[] = [];

  /** Notes how something that was taken is given back. */
  add(giveBack: () => void): void {
    if (this.#users === 0) {
      giveBack();
      throw gone();
    }
    this.#giveBacks.push(giveBack);
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#users === 0) throw gone();
    this.#users++;
    try {
      return await work();
    } finally {
      this.drop();
    }
  }

  /** One of the two is done. */
  drop(): void {
    if (--this.#users > 0) return;
    for (const giveBack of this.#giveBacks) giveBack();
  }
}

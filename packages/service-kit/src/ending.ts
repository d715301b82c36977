import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { endingHeader, endingPath } from '@stockade/contracts';
import type { FastifyInstance } from 'fastify';

/** How long a process still answers once it has said that it ends: whoever was about to call it hears of that. */
const noticeMs = 500;
const longestWaitMs = 20_000;

export interface Ending {
  /** Whether the process is about to end: it should get no new work. */
  readonly isNear: boolean;
  /** Tells everybody who asked, and resolves when nobody comes any more who could not know. */
  announce(): Promise<void>;
}

interface EndingOptions {
  /** Who keeps a connection to the outside is told to open the next one, which leads to another process. */
  endsConnections?: boolean;
}

/**
 * Lets a process end without a call getting lost: it says so first, at a path where others wait to hear of it and in a header
 * of every answer, goes on answering for a moment, and only then closes. A connection that is closed under somebody who is
 * just sending leaves open whether their call was carried out.
 */
export function addEnding(app: FastifyInstance, { endsConnections = false }: EndingOptions = {}): Ending {
  const announced = new AbortController();
  const { signal } = announced;
  const [name, value] = endsConnections ? ['connection', 'close'] : [endingHeader, 'near'];
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (signal.aborted) reply.header(name, value);
    done();
  });
  app.addHook('preClose', async () => {
    // After a pause of the whole process timers come first: what arrived meanwhile is read before anything is closed. And what
    // the system has connected and nobody has accepted is reset by the close: right after a turn that is next to none.
    for (let turn = 0; turn < 3; turn++) await nextTurn();
  });
  if (!endsConnections) {
    app.get(endingPath, async () => {
      await delay(longestWaitMs, undefined, { signal, ref: false }).catch(() => {});
      return { ending: signal.aborted };
    });
  }
  return {
    get isNear() {
      return signal.aborted;
    },
    async announce() {
      announced.abort();
      await delay(noticeMs);
    },
  };
}

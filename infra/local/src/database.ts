import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stockade/database/embedded';
import { createCrashLimit } from './crash-limit.ts';
import type { StopRequest } from './signals.ts';

export interface LocalDatabase {
  url: string;
  stop(): Promise<void>;
}

/** Between two attempts to start it; a disk that is full stays so for a while. */
const pauseMs = { first: 250, longest: 5_000 };

interface Options {
  home: string;
  password: string;
  request: StopRequest;
  note: (text: string) => void;
}

/** The embedded server, brought back on the same port and data when it dies. */
export async function startDatabase({ home, password, request, note }: Options): Promise<LocalDatabase> {
  const options = { dataDir: join(home, 'postgres'), password, log: note };
  let server = await startEmbeddedPostgres({ ...options, signal: request.signal });
  const { url, port } = server;
  const crashes = createCrashLimit();
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  watch(server);
  return {
    url,
    async stop() {
      stopping = true;
      await restarting;
      await server.stop();
    },
  };

  function watch(current: EmbeddedPostgres): void {
    void current.exited
      .catch(() => undefined)
      .then(() => {
        if (!stopping) restarting = bringBack();
      });
  }

  async function bringBack(): Promise<void> {
    for (let attempt = 0; !stopping; attempt++) {
      if (crashes.exceeded()) {
        request.stop(new Error('PostgreSQL ended again and again; see postgresql.log in its data folder'));
        return;
      }
      note('PostgreSQL ended unexpectedly; starting it again');
      try {
        server = await startEmbeddedPostgres({ ...options, port, signal: request.signal });
        watch(server);
        return;
      } catch (error) {
        if (request.signal.aborted) return;
        note(`${(error as Error).message}. It is tried again`);
        const wait = Math.min(pauseMs.longest, pauseMs.first * 2 ** attempt);
        await delay(wait, undefined, { signal: request.signal }).catch(() => undefined);
      }
    }
  }
}

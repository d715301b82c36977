import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { archiveCommand, closeArchive } from '@stockade/backup/archiver';
import { noteGap } from '@stockade/backup/gap';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stockade/database/embedded';
import { createCrashLimit } from './crash-limit.ts';
import type { StopRequest } from './signals.ts';

export interface LocalDatabase {
  url: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** Between two attempts to start it; a disk that is full stays so for a while. */
const pauseMs = { first: 250, longest: 5_000 };

interface Options {
  home: string;
  password: string;
  /** Whether its log is archived. */
  archived: boolean;
  request: StopRequest;
  note: (text: string) => void;
}

/**
 * Archived files of the log are whole segments: under little traffic one is closed after so long, so that no more than that is lost
 * with the machine.
 */
const archiving = { archive_mode: 'on', archive_command: archiveCommand, archive_timeout: '30' };

/** The embedded server, brought back on the same port and data when it dies. */
export async function startDatabase({
  home,
  password,
  archived,
  request,
  note,
}: Options): Promise<LocalDatabase> {
  const options = {
    dataDir: join(home, 'postgres'),
    password,
    log: note,
    ...(archived && { settings: archiving }),
  };
  await closeArchive(options.dataDir);
  let server = await startEmbeddedPostgres({ ...options, signal: request.signal });
  const { url, port, dataDir } = server;
  // On a full disk it cannot be noted, which keeps nobody from starting.
  if (!archived) await noteGap(dataDir).catch(() => undefined);
  const crashes = createCrashLimit();
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  watch(server);
  return {
    url,
    dataDir,
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

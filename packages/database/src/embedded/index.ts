import { chown, mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import { isInitialised, resolveDataDirectory } from './data-directory.ts';
import { freePort } from './free-port.ts';
import { initialise, superuser } from './initdb.ts';
import { stopLeftoverServer } from './leftover-server.ts';
import { type OsUser, serverUser } from './os-user.ts';
import { type RunningServer, runServer, type ServerOptions, TransientStartError } from './server.ts';

export { freePort, isPortFree } from './free-port.ts';
export { stopLeftoverServer } from './leftover-server.ts';

export interface EmbeddedPostgresOptions {
  /** Where the data is kept; made when missing. Its parent becomes enterable for others when root starts this. */
  dataDir: string;
  /** The superuser's (`postgres`); set when the data directory is made. */
  password: string;
  /** A fixed port; without it a free one is picked. */
  port?: number;
  /** Gets a sentence for everything worth telling the user. */
  log?: (message: string) => void;
  /** Server settings beyond ours, for example `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
  /** How long it may take until it takes connections; two minutes unless set. */
  readyMs?: number;
  /** Gives up, leaving no process behind. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres extends RunningServer {
  /** Of the superuser, to the database `postgres`. */
  url: string;
  /** Where the data really is (below a closed folder of root's: elsewhere, with a link in its place). */
  dataDir: string;
}

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1, initialising its data directory first when there is none.
 * A server that an earlier, killed process left on the same data is stopped before.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { password, settings = {}, signal, readyMs, log = () => undefined } = options;
  const user = await serverUser(options.dataDir);
  const binaries = await findBinaries(user, log);
  const dataDir = await resolveDataDirectory(options.dataDir, user, log);
  if (await isInitialised(dataDir)) {
    await stopLeftoverServer(dataDir, log);
  } else {
    log('initialising the database');
    await initialise({ ...binaries, dataDir, password, user, signal, sync: settings.fsync !== 'off' });
  }
  const server = await runOnFreePort({ ...binaries, dataDir, user, settings, signal, readyMs }, options.port);
  const url = `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/postgres`;
  return { ...server, url, dataDir };
}

/**
 * An empty data directory in that place, for what is restored into it: owned by whom the server will run as, whose ids are given
 * when these are not our own.
 */
export async function makeDataDirectory(
  dataDir: string,
  log: (message: string) => void,
): Promise<{ path: string } & OsUser> {
  const user = await serverUser(dataDir);
  const path = await resolveDataDirectory(dataDir, user, log);
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
  return { path, ...user };
}

async function runOnFreePort(options: Omit<ServerOptions, 'port'>, fixed?: number): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runServer({ ...options, port: fixed ?? (await freePort()) });
    } catch (error) {
      if (!(error instanceof TransientStartError) || attempt === 5) throw error;
      await sleep(100);
    }
  }
}

import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * PostgreSQL's user may be another than ours (root's `nobody`), who must not read the key and may not be able to reach this
 * program at all. So the server's archive_command copies nothing: it waits in a folder of the data directory for our word that a
 * file is archived, as pgBackRest's asynchronous archiving does.
 */
export const exchangeFolder = 'stockade-archive';

const waitTenths = 300;

/**
 * For the server's `archive_command`: ends well when `<file>` lies in the folder, and fails when nobody works there (`on` is
 * gone) or nothing came for 30 s; the server tries again, and keeps the file until then.
 */
export const archiveCommand =
  `n=0; until [ -e "${exchangeFolder}/%f" ]; do ` +
  `[ -e "${exchangeFolder}/on" ] && [ $n -lt ${waitTenths} ] || exit 1; n=$((n+1)); sleep 0.1; done`;

export interface Waiting {
  name: string;
  path: string;
  /** When the server had finished it. */
  finishedAt: Date;
}

/** What the server has finished and still keeps for the archive: histories first, then in the order of the log. */
export async function listWaiting(dataDir: string): Promise<Waiting[]> {
  const folder = join(dataDir, 'pg_wal/archive_status');
  const names = (await readdir(folder)).filter((file) => file.endsWith('.ready')).sort();
  const found = await Promise.all(
    names.map(async (file) => {
      const name = file.slice(0, -'.ready'.length);
      const info = await stat(join(folder, file)).catch(() => undefined);
      return info && { name, path: join(dataDir, 'pg_wal', name), finishedAt: info.mtime };
    }),
  );
  return found
    .filter((entry) => entry !== undefined)
    .sort((a, b) => Number(b.name.endsWith('.history')) - Number(a.name.endsWith('.history')));
}

/** The server may forget the file. */
export async function allow(dataDir: string, name: string): Promise<void> {
  await writeFile(join(dataDir, exchangeFolder, name), '', { mode: 0o644 });
}

/** Takes words back that the server has acted on. */
export async function tidy(dataDir: string, waiting: readonly Waiting[]): Promise<void> {
  const needed = new Set(['on', ...waiting.map(({ name }) => name)]);
  for (const name of await readdir(join(dataDir, exchangeFolder)))
    if (!needed.has(name)) await rm(join(dataDir, exchangeFolder, name), { force: true });
}

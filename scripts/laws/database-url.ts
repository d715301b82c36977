import { readFile } from 'node:fs/promises';

import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export class NoDatabase extends Error {
  override name = 'NoDatabase';
}

/** The database of a Stockade: DATABASE_URL, or the embedded one of the home that runs on this machine. */
export async function databaseUrl(env: NodeJS.ProcessEnv): Promise<string> {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  const home = resolve(root, env.STOCKADE_HOME ?? '.stockade');
  try {
    const { DATABASE_PASSWORD: password } = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
    const port = (await readFile(join(home, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3];
    return `postgres://postgres:${password}@127.0.0.1:${port}/stockade`;
  } catch (error) {
    throw new NoDatabase(
      `There is no running database in ${home} (${(error as Error).message}): start Stockade, or set DATABASE_URL or STOCKADE_HOME.`,
    );
  }
}

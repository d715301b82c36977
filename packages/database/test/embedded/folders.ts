import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@stockade/database/embedded';
import pg from 'pg';
import type { Test } from 'tap';

export const password = 'a password of thirty-two letters!';

/** A folder of this test's own. */
export async function testFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-embedded-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A server in it that ends with the test; fsync is off, for these data need not last. */
export async function testServer(
  t: Test,
  dataDir: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, password, settings: { fsync: 'off' }, ...options });
  t.teardown(() => server.stop());
  return server;
}

/** The first column of the first row. */
export async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

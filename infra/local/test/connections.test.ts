import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stockade/database/embedded';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

t.test(
  'a server with fewer connections than all pools together may open is refused at the start',
  async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'stockade-connections-'));
    const server = await startEmbeddedPostgres({
      dataDir: join(home, 'postgres'),
      password: 'only-for-this-test',
      log: () => {},
      settings: { fsync: 'off', max_connections: '60' },
    });
    t.teardown(async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    });
    const start = (env: Record<string, string>) =>
      startStack(t, { DATABASE_URL: server.url, DEMO_TENANT: 'false', ...env }).catch(
        (error) => error.message,
      );

    const said = await start({});
    t.match(said, "has 57 connections for Stockade's roles", '3 of 60 are kept for superusers');
    t.match(said, /may open 122\.\n/);
    t.match(said, /Raise max_connections by 65 or more, lower DATABASE_POOL_MAX/);
    t.notMatch(said, 'only-for-this-test');

    t.match(await start({ DATABASE_POOL_MAX: '2' }), /may open 92\.\n/, 'smaller pools need fewer');
    t.match(await start({ REDIS_URL: 'redis://127.0.0.1:1' }), /may open 74\.\n/, 'so do queues in Redis');
  },
);

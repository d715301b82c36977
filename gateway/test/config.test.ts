import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import t from 'tap';

const server = resolve(import.meta.dirname, '../src/server.ts');

/** Starts the gateway with nothing but these settings. */
const start = (env: Record<string, string>) =>
  new Promise<{ code: unknown; stderr: string; stdout: string }>((done) => {
    execFile(process.execPath, [server], { env, timeout: 20_000 }, (error, stdout, stderr) =>
      done({ code: error?.code, stderr, stdout }),
    );
  });

t.test('settings that are missing or bad are named, and end it before it listens', async (t) => {
  const { code, stderr, stdout } = await start({ PORT: 'eighty', RATE_LIMIT_READ_MAX: '0' });
  t.equal(code, 1);
  t.equal(stdout, '', 'nothing was begun');
  for (const name of ['PORT', 'RATE_LIMIT_READ_MAX', 'PRINCIPAL_PRIVATE_KEY', 'IDENTITY_URL'])
    t.match(stderr, name);
  t.notMatch(stderr, /^\s+at /m, 'no stack trace');
});

t.test('a secret that is bad is not shown', async (t) => {
  const { code, stderr } = await start({ PRINCIPAL_PRIVATE_KEY: 'short-secret' });
  t.equal(code, 1);
  t.match(stderr, 'PRINCIPAL_PRIVATE_KEY');
  t.notMatch(stderr, 'short-secret');
});

import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import t from 'tap';
import { listenAtFile } from '../src/socket-file.ts';

const ask = (socketPath: string) =>
  new Promise<string>((resolve, reject) => {
    request({ socketPath, path: '/' }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve(text));
    })
      .once('error', reject)
      .end();
  });

t.test('a service answers at a socket of the file system, whatever a dead process left there', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-socket-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'service.sock');
  await writeFile(file, '');
  const app = Fastify({ forceCloseConnections: 'idle' });
  app.get('/', async () => 'here');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const door = await listenAtFile(app, file);
  t.equal(await ask(file), 'here');
  t.equal(await ask(file), 'here', 'over a kept connection, too');
  door.close();
  await app.close();
  await t.rejects(access(file), 'nothing is left behind');
  await t.rejects(ask(file), { code: 'ENOENT' });
});

import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEntryRecorded } from '@stockade/contracts';
import Fastify from 'fastify';
import t from 'tap';
import { Compile } from 'typebox/compile';
import { authenticate } from '../src/guard.ts';
import { singleEntry } from '../src/security-events/entry.ts';
import type { SecurityEventInput } from '../src/security-events.ts';
import { listenAtFile } from '../src/socket-file.ts';

const ask = (socketPath: string, agent = new Agent()) =>
  new Promise<string>((resolve, reject) => {
    request({ agent, socketPath, path: '/' }, (answer) => {
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
  const keeping = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => keeping.destroy());
  t.equal(await ask(file, keeping), 'here');
  t.equal(await ask(file, keeping), 'here', 'over a kept connection, too');
  door.close();
  await app.close();
  await t.rejects(access(file), 'nothing is left behind');
  await t.rejects(ask(file), { code: 'ENOENT' });
});

t.test('who comes without a token by the file is noted, without an address', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-socket-'));
  const file = join(folder, 'service.sock');
  const noted: SecurityEventInput[] = [];
  const events = { note: (event: SecurityEventInput) => void noted.push(event) };
  const app = Fastify({ forceCloseConnections: 'idle' });
  app.decorateRequest('traceparent', '');
  app.get('/', (request, reply) =>
    authenticate(request, reply, { verify: async () => null }, events as never).catch(() => 'refused'),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const door = await listenAtFile(app, file);
  t.teardown(async () => {
    door.close();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  t.equal(await ask(file), 'refused');
  const [event] = noted as [SecurityEventInput];
  t.equal(event.ip, null);
  // As it travels: what is undefined is not there any more, and the audit takes no entry without its fields.
  const payload = JSON.parse(JSON.stringify(singleEntry({ ...event, traceparent: null }, 1).event.payload));
  t.ok(Compile(auditEntryRecorded.payload).Check(payload));
});

import { Writable } from 'node:stream';
import t from 'tap';
import { createLogger } from '../src/logger.ts';

async function logged(write: (log: Awaited<ReturnType<typeof createLogger>>) => void): Promise<string> {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  write(await createLogger({ service: 'inventory', level: 'info', format: 'json', stream }));
  return text;
}

t.test('a line is JSON that ties together', async (t) => {
  const line = JSON.parse(await logged((log) => log.info({ requestId: 'r', tenantId: 't' }, 'Hello')));
  t.match(line, { level: 'info', service: 'inventory', requestId: 'r', tenantId: 't', msg: 'Hello' });
  t.ok(Math.abs(Date.parse(line.time) - Date.now()) < 5_000);
});

t.test('the time of a line is that of its writing, to the millisecond', async (t) => {
  const real = Date.now;
  t.teardown(() => {
    Date.now = real;
  });
  for (const time of ['2026-11-29T23:59:59.999Z', '2026-11-30T00:00:00.000Z', '2026-11-29T23:59:59.042Z']) {
    Date.now = () => Date.parse(time);
    t.equal(JSON.parse(await logged((log) => log.info('Hello'))).time, time);
  }
});

t.test('secrets and mail bodies are blanked out, wherever they stand', async (t) => {
  const secret = 'do-not-show-this';
  for (const name of [
    'password',
    'authorization',
    'cookie',
    'x-csrf-token',
    'x-stockade-principal',
    'apiKey',
    'operatorKey',
    'token',
    'secret',
    'iban',
    'raw',
  ]) {
    const text = await logged((log) => {
      log.info({ [name]: secret }, 'top');
      log.info({ headers: { [name]: secret } }, 'nested');
      log.info({ request: { headers: { [name]: secret } } }, 'deep');
    });
    t.notMatch(text, secret, name);
    t.equal(text.trimEnd().split('\n').length, 3);
  }
});

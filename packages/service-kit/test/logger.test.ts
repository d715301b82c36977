import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
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

t.test('every line gets out: a few, many, those of a process that idles, ends or is ended', async (t) => {
  const logger = join(import.meta.dirname, '../src/logger.ts');
  const linesOf = async (then: string, lines: number): Promise<number[]> => {
    const script = `
      import { createLogger } from ${JSON.stringify(logger)};
      const log = await createLogger({ service: 'inventory', level: 'info', format: 'json' });
      for (let no = 0; no < ${lines}; no++) log.info({ no }, 'a line');
      ${then}`;
    const program = ['--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, program).catch((error) => error);
    return stdout
      .split('\n')
      .filter((line: string) => line !== '')
      .map((line: string) => JSON.parse(line).no);
  };
  const idles = "await new Promise((done) => setTimeout(done, 400)); process.kill(process.pid, 'SIGKILL')";
  for (const then of ['', 'process.exit(3)', "throw new Error('broken')", idles]) {
    for (const lines of [3, 1_000])
      t.same(
        await linesOf(then, lines),
        Array.from({ length: lines }, (_, no) => no),
        `${lines} lines, then ${then || 'the end'}`,
      );
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

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Teardown } from '@stockade/testing';
import t from 'tap';
import { Pool } from 'undici';
import { NoConnection, StartedLate, UpstreamFailure } from '../src/upstream/breaker.ts';
import { bodyText, exchange, type ReaderRules, type UpstreamAnswer } from '../src/upstream/exchange.ts';
import { faulty } from './faulty.ts';

const short = 'x'.repeat(1_000);
const long = 'y'.repeat(4 * 1024 * 1024);
const timeoutMs = 300;

/** A service that says how long its answer is, sends some of it, and the rest after a while or never. */
async function ask(t: Teardown, answer: string, afterMs: number | null): Promise<UpstreamAnswer> {
  const url = await faulty(t, async (_request, response) => {
    response.writeHead(200, { 'content-length': answer.length });
    response.write(answer.slice(0, 100));
    if (afterMs === null) return;
    await delay(afterMs);
    response.end(answer.slice(100));
  });
  const pool = new Pool(url);
  t.teardown(() => pool.destroy());
  return exchange(pool, { method: 'GET', path: '/', headers: {}, body: null }, timeoutMs);
}

t.test('an answer that stalls ends as one that did not come', async (t) => {
  await t.rejects(ask(t, short, null), new UpstreamFailure('no answer in time'));
  const { statusCode, body } = await ask(t, long, null);
  t.equal(statusCode, 200, 'of a long one the beginning is handed on');
  await t.rejects(bodyText({ statusCode, headers: {}, body }), new UpstreamFailure('no answer in time'));
});

t.test('each part of an answer has its own time', async (t) => {
  t.equal(await bodyText(await ask(t, short, timeoutMs * 0.6)), short);
  t.equal(await bodyText(await ask(t, long, timeoutMs * 0.6)), long);
});

t.test('a slow reader is no slow service', async (t) => {
  const { body } = await ask(t, long, 0);
  if (Buffer.isBuffer(body)) return t.fail('a long answer comes as a stream');
  let read = 0;
  for await (const part of body) {
    if (read === 0) await delay(timeoutMs * 2.5);
    read += part.length;
  }
  t.equal(read, long.length);
});

/** A long answer's body, and the end of the connection that it came over. */
async function askLong(t: Teardown, rules: ReaderRules) {
  let isClosed: Promise<unknown> | undefined;
  const url = await faulty(t, (_request, response) => {
    isClosed = once(response, 'close');
    response.writeHead(200, { 'content-length': long.length });
    response.end(long);
  });
  const pool = new Pool(url);
  t.teardown(() => pool.destroy());
  const request = { method: 'GET', path: '/', headers: {}, body: null };
  const { body } = await exchange(pool, request, timeoutMs, rules);
  if (Buffer.isBuffer(body)) throw new Error('a long answer comes as a stream');
  return { body, isClosed };
}

t.test('a reader who takes nothing is ended', async (t) => {
  const { body, isClosed } = await askLong(t, { stallMs: timeoutMs, bytesPerSecond: 1 });
  const [error] = await once(body, 'error');
  t.equal(error.message, 'the reader is too slow');
  await isClosed;
});

t.test('so is one who takes a little again and again', async (t) => {
  const rules = { stallMs: timeoutMs * 10, bytesPerSecond: 1024 * 1024 * 1024 };
  const { body, isClosed } = await askLong(t, rules);
  let read = 0;
  const reading = async () => {
    for await (const part of body) {
      read += part.length;
      await delay(timeoutMs / 2);
    }
  };
  await t.rejects(reading(), { message: 'the reader is too slow' });
  t.ok(read > 0 && read < long.length);
  await isClosed;
});

t.test('what went by without a connection is not held against the service', async (t) => {
  let calls = 0;
  const url = await faulty(t, async (_request, response) => {
    if (++calls > 1) return;
    await delay(timeoutMs * 2.1);
    response.end(short);
  });
  const pool = new Pool(url, { connections: 1, pipelining: 1 });
  t.teardown(() => pool.destroy());
  const ask = (ms: number) => exchange(pool, { method: 'GET', path: '/', headers: {}, body: null }, ms);
  const first = ask(timeoutMs * 20);
  const never = ask(timeoutMs);
  const late = ask(timeoutMs * 3);
  await t.rejects(never, new NoConnection('no connection became free in time'));
  await t.rejects(late, new StartedLate('no answer in the rest of the time'));
  t.equal((await first).statusCode, 200);
});

t.test('a reader who leaves ends the call', async (t) => {
  let isClosed: Promise<unknown> | undefined;
  const url = await faulty(t, (_request, response) => {
    isClosed = once(response, 'close');
    response.writeHead(200, { 'content-length': long.length });
    response.write(long.slice(0, 100_000));
  });
  const pool = new Pool(url);
  t.teardown(() => pool.destroy());
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const { body } = await exchange(pool, { method: 'GET', path: '/', headers: {}, body: null }, 60_000);
  if (Buffer.isBuffer(body)) return t.fail('a long answer comes as a stream');
  body.destroy();
  await isClosed;
  t.equal(timers(), before, 'and leaves no timer behind');
});

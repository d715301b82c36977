import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Teardown } from '@stockade/testing';
import t from 'tap';
import { Pool } from 'undici';
import { UpstreamFailure } from '../src/upstream/breaker.ts';
import { bodyText, exchange, type UpstreamAnswer } from '../src/upstream/exchange.ts';
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

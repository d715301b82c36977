import { setTimeout as delay } from 'node:timers/promises';
import { hold } from '@stockade/testing';
import pino from 'pino';
import { Registry } from 'prom-client';
import t from 'tap';
import { buildApp } from '../src/app.ts';

const buildWithoutRoutes = () =>
  buildApp({
    service: { name: 'test', log: pino({ level: 'silent' }) } as never,
    verifier: {} as never,
    registry: new Registry(),
    checks: {},
    routes: [],
    maxEventLoopDelayMs: 150,
  });

t.test('a service whose event loop lags again and again sheds calls, and tells its health', async (t) => {
  const app = await buildWithoutRoutes();
  t.teardown(() => app.close());
  let answer = await app.inject('/v1/anything');
  for (let turn = 0; turn < 40 && answer.statusCode !== 503; turn++) {
    hold(400);
    await delay(1);
    answer = await app.inject('/v1/anything');
  }
  t.match(answer, { statusCode: 503, headers: { 'retry-after': '1' } });
  t.match(answer.json(), { error: { code: 'SERVICE_UNAVAILABLE', message: /overloaded/ } });
  t.equal((await app.inject('/health/live')).statusCode, 200);
});

t.test('one pause that is over, such as a slow start, refuses nobody', async (t) => {
  const app = await buildWithoutRoutes();
  t.teardown(() => app.close());
  // So that the pause is measured from its beginning.
  await delay(100);
  hold(2_500);
  await delay(50);
  t.equal((await app.inject('/v1/anything')).statusCode, 404);
});

import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@stockade/database/embedded';
import { addEnding } from '@stockade/service-kit/ending';
import { addHealthRoutes } from '@stockade/service-kit/health';
import { createPrincipalSigner } from '@stockade/service-kit/principal';
import { eventually, testKeys } from '@stockade/testing';
import Fastify from 'fastify';
import t, { type Test } from 'tap';
import { gatewayPrincipal } from '../src/auth/authenticator.ts';
import type { GatewayConfig } from '../src/config.ts';
import { createUpstreams } from '../src/upstream/upstreams.ts';

/** What of a service matters here: it is alive, does something that takes a moment, and says when it ends. */
async function startService(t: Test, port: number, workMs = 20) {
  const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  const ending = addEnding(app);
  addHealthRoutes(app, {}, ending);
  let done = 0;
  app.post('/work', async () => {
    await delay(workMs);
    return { done: ++done };
  });
  await app.listen({ host: '127.0.0.1', port });
  t.teardown(() => app.close());
  return {
    done: () => done,
    async end() {
      await ending.announce();
      await app.close();
    },
  };
}

function connect(t: Test, port: number) {
  const url = `http://127.0.0.1:${port}`;
  const upstreams = createUpstreams(
    {
      ...Object.fromEntries(
        ['IDENTITY', 'INVENTORY', 'PURCHASING', 'EMAIL_SCANNING', 'AUDIT'].map((name) => [
          `${name}_URL`,
          url,
        ]),
      ),
      ...{ BREAKER_FAILURES: 5, BREAKER_OPEN_SECONDS: 30, BREAKER_PROBES: 3, RETRY_BUDGET_PERCENT: 20 },
      UPSTREAM_TIMEOUT_MS: 5_000,
    } as GatewayConfig,
    { signer: createPrincipalSigner(testKeys.privateKey) },
  );
  t.teardown(() => upstreams.close());
  const call = () =>
    upstreams.send('inventory', { method: 'POST', path: '/work', principal: gatewayPrincipal }).then(
      ({ statusCode }) => statusCode,
      (error) => error.code as string,
    );
  return { upstreams, call };
}

t.test('a service that ends and comes back: every call is carried out, each once', async (t) => {
  const port = await freePort();
  const first = await startService(t, port);
  const { upstreams, call } = connect(t, port);
  upstreams.watch();
  const answers: (number | string)[] = [];
  let isOver = false;
  const callers = Array.from({ length: 10 }, async () => {
    while (!isOver) answers.push(await call());
  });
  await eventually('it is called', () => first.done() >= 10);
  await first.end();
  await delay(700);
  const second = await startService(t, port);
  await eventually('the next one is called', () => second.done() >= 10);
  isOver = true;
  await Promise.all(callers);
  t.strictSame([...new Set(answers)], [200]);
  t.ok(first.done() > 0 && second.done() > 0, `${first.done()} before, ${second.done()} after`);
  t.equal(first.done() + second.done(), answers.length);
});

t.test('whoever has nothing to ask just then hears of it, too', async (t) => {
  const port = await freePort();
  const first = await startService(t, port);
  const { upstreams, call } = connect(t, port);
  upstreams.watch();
  t.equal(await call(), 200);
  await delay(500);
  await first.end();
  const held = call();
  await delay(300);
  await startService(t, port);
  t.equal(await held, 200, 'the first call after it was gone waits for the next one');
});

t.test('an answer says it as well, of one of several behind one address', async (t) => {
  const port = await freePort();
  const first = await startService(t, port, 700);
  const { call } = connect(t, port);
  const underWay = call();
  await delay(50);
  const ended = first.end();
  t.equal(await underWay, 200, 'what it took is answered');
  const held = call();
  await ended;
  await startService(t, port);
  t.equal(await held, 200);
});

t.test('a service that died said nothing: it is not waited for', async (t) => {
  const port = await freePort();
  const { upstreams, call } = connect(t, port);
  upstreams.watch();
  const started = performance.now();
  t.equal(await call(), 'SERVICE_UNAVAILABLE');
  t.ok(performance.now() - started < 2_500, 'of the five seconds that a call has');
});

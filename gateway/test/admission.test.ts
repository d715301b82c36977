import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { errorEnvelopes } from '@stockade/service-kit/envelope';
import { hold } from '@stockade/testing';
import Fastify from 'fastify';
import t from 'tap';
import { admission, type Priority } from '../src/plugins/admission.ts';

async function buildEdge() {
  const app = Fastify();
  await app.register(errorEnvelopes);
  await app.register(admission, { maxConcurrent: 100 });
  for (const priority of ['work', 'other', 'report'] as Priority[])
    app.get(`/${priority}`, { config: { priority } }, async () => priority);
  app.get('/health', async () => 'up');
  return app;
}

const statuses = async (app: Awaited<ReturnType<typeof buildEdge>>) => {
  const ask = async (path: string) => (await app.inject(path)).statusCode;
  return {
    work: await ask('/work'),
    other: await ask('/other'),
    report: await ask('/report'),
    health: await ask('/health'),
  };
};

t.test('a gateway whose event loop lags again and again sheds reports before all else', async (t) => {
  const app = await buildEdge();
  t.teardown(() => app.close());
  const sheds = { work: 200, other: 200, report: 503, health: 200 };
  let seen = await statuses(app);
  // On a busy machine a turn may take so long that it sheds other calls as well.
  for (let turn = 0; turn < 40 && !isDeepStrictEqual(seen, sheds); turn++) {
    hold(700);
    await delay(1);
    seen = await statuses(app);
  }
  t.same(seen, sheds);
  const shed = await app.inject('/report');
  t.match(shed.json(), { error: { code: 'SERVICE_UNAVAILABLE', message: /overloaded/ } });
  t.equal(shed.headers['retry-after'], '1');
});

t.test('one pause that is over, such as a slow start, refuses nobody', async (t) => {
  const app = await buildEdge();
  t.teardown(() => app.close());
  // So that the pause is measured from its beginning.
  await delay(100);
  hold(2_500);
  await delay(50);
  t.same(await statuses(app), { work: 200, other: 200, report: 200, health: 200 });
});

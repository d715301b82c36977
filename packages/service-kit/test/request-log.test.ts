import Fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import t from 'tap';
import { errorEnvelopes } from '../src/envelope.ts';
import { errors } from '../src/errors.ts';
import { logRequests } from '../src/request-log.ts';
import { tracing } from '../src/tracing.ts';

async function build(principal: object | null) {
  const lines: { msg: string; status?: number; leftOut?: object }[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = Fastify({ loggerInstance: log as FastifyBaseLogger, disableRequestLogging: true });
  app.decorateRequest('principal', null);
  await app.register(tracing);
  await app.register(errorEnvelopes);
  logRequests(app);
  app.addHook('onRequest', async (request) => {
    request.principal = principal as never;
  });
  app.get('/shed', async () => {
    throw errors.unavailable('Too much to do.');
  });
  app.get('/broken', async () => {
    throw new Error('broken');
  });
  app.get('/good', async () => 'good');
  const flood = async (path: string) => {
    for (let turn = 0; turn < 130; turn++) await app.inject(path);
  };
  const count = (msg: string, status?: number) =>
    lines.filter((line) => line.msg === msg && (!status || line.status === status)).length;
  return { app, lines, flood, count };
}

t.test('a flood of refusals makes a bounded number of lines, and says how many there were', async (t) => {
  const { app, lines, flood, count } = await build(null);
  for (const path of ['/nothing', '/shed', '/broken', '/good']) await flood(path);
  t.equal(count('request', 404), 100);
  t.equal(count('request', 503), 100);
  t.equal(count('request', 500), 130, 'what is our fault is told each time');
  t.equal(count('request', 200), 130);
  t.equal(count('The request failed'), 230, 'with its cause');
  await app.close();
  t.strictSame(
    lines
      .filter(({ leftOut }) => leftOut)
      .map(({ msg, leftOut }) => [msg, leftOut])
      .sort(),
    [
      ['Failed requests without a line of their own', { 503: 30 }],
      ['Refused requests without a line of their own', { 404: 30, 503: 30 }],
    ],
  );
});

t.test('what somebody known is refused has its line: they have limits of their own', async (t) => {
  const { app, flood, count } = await build({ type: 'user', id: 'ann', tenantId: 'theirs' });
  t.teardown(() => app.close());
  await flood('/nothing');
  t.equal(count('request', 404), 130);
});

t.test('who signs in is not known yet', async (t) => {
  const { app, flood, count } = await build({ type: 'gateway', id: 'gateway', tenantId: null });
  t.teardown(() => app.close());
  await flood('/nothing');
  t.equal(count('request', 404), 100);
});

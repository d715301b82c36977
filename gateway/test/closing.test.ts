import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { startGateway } from './setup.ts';

async function open(url: string): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  // So that the gateway has taken it, too.
  await delay(50);
  return socket;
}

t.test('who just connected when the gateway closes may still send a call, and gets its answer', async (t) => {
  const gateway = await startGateway(t);
  const socket = await open(gateway.url);
  const closing = gateway.close();
  await delay(300);
  socket.write('GET /health/live HTTP/1.1\r\nhost: stockade.example\r\n\r\n');
  const answer = await text(socket);
  t.match(answer, /^HTTP\/1.1 200 OK/);
  t.match(answer, /connection: close/i);
  await closing;
  await t.rejects(open(gateway.url), { code: 'ECONNREFUSED' });
});

t.test('a connection that sends nothing keeps it open for a second at most', async (t) => {
  const gateway = await startGateway(t);
  const socket = await open(gateway.url);
  const began = performance.now();
  await Promise.all([gateway.close(), once(socket.resume(), 'close')]);
  const seconds = (performance.now() - began) / 1_000;
  t.ok(seconds > 0.8 && seconds < 4, `${seconds.toFixed(1)} s`);
});

t.test('without such connections it closes at once', async (t) => {
  const took: number[] = [];
  // A busy machine may be slow once; what waits for nothing is not slow each time.
  for (let turn = 0; turn < 3 && !took.some((ms) => ms < 900); turn++) {
    const gateway = await startGateway(t);
    await fetch(`${gateway.url}/health/live`).then((answer) => answer.text());
    const began = performance.now();
    await gateway.close();
    took.push(performance.now() - began);
  }
  t.ok(
    took.some((ms) => ms < 900),
    `within a second: ${took.map(Math.round).join(', ')} ms`,
  );
});

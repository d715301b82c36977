import { createServer } from 'node:net';
import t from 'tap';
import { reservePorts } from '../src/ports.ts';

const listenAt = (port: number) =>
  new Promise<{ close(): void }>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

t.test(
  'starts beside each other get different ports, and nothing else is given them by the system',
  async (t) => {
    const all = await Promise.all(Array.from({ length: 40 }, () => reservePorts(12)));
    t.teardown(() => Promise.all(all.map(({ release }) => release())));
    const ports = all.flatMap((one) => one.ports);
    t.equal(new Set(ports).size, 40 * 12);
    t.ok(ports.every((port) => port > 10_000 && port < 20_000));
    for (const port of all[0]?.ports ?? []) (await listenAt(port)).close();
  },
);

t.test(
  'what another program has, or is to have, is passed over; what was released is free again',
  async (t) => {
    const blocks = Array.from({ length: 625 }, (_, at) => 10_000 + at * 16);
    const [own, ...others] = blocks as [number, ...number[]];
    // Only one is left: it is chosen, unless something is there.
    const { ports, release } = await reservePorts(12, others);
    t.strictSame(
      ports,
      Array.from({ length: 12 }, (_, at) => own + 1 + at),
    );
    await t.rejects(reservePorts(12, others), /No 12 ports beside each other are free/);
    await release();
    const program = await listenAt(own + 7);
    await t.rejects(reservePorts(12, others), /No 12 ports/);
    program.close();
    await (await reservePorts(12, others)).release();
  },
);

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { createDatabase } from '@stockade/database';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createTestDatabase } from '@stockade/testing';
import { type FlagTables, flagCopies } from '../src/index.ts';

type Test = Parameters<typeof createTestDatabase>[0];

/** A service's schema with the copies of flags. */
export async function openFlagStore(t: Test) {
  const database = await createTestDatabase(t, [
    { service: 'inventory', migrations: withPlatform([flagCopies('0001-feature-flags')]) },
  ]);
  const open = (url: string) => {
    const { db, close } = createDatabase<FlagTables>({ url, applicationName: 'test-flags', max: 2 });
    t.teardown(close);
    return db;
  };
  return { query: database.query, url: database.appUrl('inventory'), open };
}

/** A way to PostgreSQL that can be cut, be silent, and be whole again. */
export async function startLine(t: Test, url: string) {
  const { hostname, port: realPort } = new URL(url);
  const open = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(Number(realPort), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => void (silent || upstream.write(bytes)));
    upstream.on('data', (bytes) => void client.write(bytes));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  t.teardown(cut);
  const throughHere = new URL(url);
  throughHere.hostname = '127.0.0.1';
  throughHere.port = String(port);
  return {
    url: throughHere.href,
    cut,
    mend: () => listen(port),
    silence: (on: boolean) => {
      silent = on;
    },
  };
}

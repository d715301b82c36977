import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Teardown } from './database.ts';

/** A way to a server that can be cut and slowed, as a network can. */
export interface Link {
  readonly port: number;
  /** The same URL by this way. */
  through(url: string): string;
  /** Ends all connections; new ones are ended as they come, until `restore`. */
  cut(): void;
  restore(): void;
  /** What is sent from now on comes so much later, there and back. */
  slowDown(delayMs: number): void;
  /** Called with what a client sends before it is passed on; true cuts the way when the server has answered. */
  watch(isLast: (sent: Buffer) => boolean): void;
}

interface LinkState {
  isCut: boolean;
  delayMs: number;
  isLast: (sent: Buffer) => boolean;
}

/** Opens a way over TCP on this machine to where `target` (a URL) is. */
export async function openLink(t: Teardown, target: string): Promise<Link> {
  const { hostname, port } = new URL(target);
  const state: LinkState = { isCut: false, delayMs: 0, isLast: () => false };
  const sockets = new Set<Socket>();
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (state.isCut) return void client.destroy();
    const onward = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => [sockets.delete(socket), other.destroy()]);
    }
    let isLast = false;
    client.on('data', (sent) => {
      isLast ||= state.isLast(sent);
      later(state, () => onward.write(sent));
    });
    onward.on('data', (answer) => {
      if (isLast) client.destroy();
      else later(state, () => client.write(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => [server.close(), endAll()]);
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    through(url) {
      const way = new URL(url);
      way.hostname = '127.0.0.1';
      way.port = String(own);
      return way.href;
    },
    cut() {
      state.isCut = true;
      endAll();
    },
    restore() {
      state.isCut = false;
    },
    slowDown(delayMs) {
      state.delayMs = delayMs;
    },
    watch(isLast) {
      state.isLast = isLast;
    },
  };
}

/** Timers of one length fire in their order, so nothing overtakes what was sent before it. */
function later({ delayMs }: LinkState, pass: () => void): void {
  if (delayMs === 0) pass();
  else setTimeout(pass, delayMs);
}

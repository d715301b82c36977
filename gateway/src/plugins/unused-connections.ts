import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

/** Whoever just connected to send something has sent it within this time. */
const graceMs = 1_000;

/**
 * Browsers open connections ahead of need. Until one has carried a request Node does not count it as idle, and closing
 * waits for it: so those are ended here, but not before who has a request for one could send it.
 */
export const unusedConnections = fp(
  async (app) => {
    const unused = new Set<Socket>();
    const begins = 'setSecureContext' in app.server ? 'secureConnection' : 'connection';
    app.server.on(begins, (socket: Socket) => {
      unused.add(socket);
      socket.once('close', () => unused.delete(socket));
    });
    app.server.on('request', ({ socket }) => unused.delete(socket));
    app.addHook('preClose', async () => {
      // Whoever is left keeps the process alive until then; nobody left needs nothing of it.
      setTimeout(() => {
        for (const socket of unused) socket.destroy();
      }, graceMs).unref();
    });
  },
  { name: 'unused-connections' },
);

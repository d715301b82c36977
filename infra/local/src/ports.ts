import { createServer, type Server } from 'node:net';
import { UserError } from './settings.ts';

/** Free ports of 127.0.0.1; all are held until all are known, so that none comes twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen('127.0.0.1', 0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** Fails with what to do when the gateway's port cannot be had. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  try {
    const server = await listen(host, port);
    await new Promise((done) => server.close(done));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new UserError(
        `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    if (code === 'EACCES')
      throw new UserError(`Port ${port} needs privileges that this user lacks. Choose one above 1023.`);
    throw new UserError(`Cannot listen on ${host}, port ${port}: ${message}. Check HOST and PORT.`);
  }
}

function listen(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

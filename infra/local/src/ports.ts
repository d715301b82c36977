import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { isPortFree } from '@stockade/database/embedded';
import { UserError } from './settings.ts';

export interface ReservedPorts {
  ports: number[];
  /** Lets others have them. */
  release(): Promise<void>;
}

// Below what systems give to outgoing connections, which would take the port of a service while it restarts.
const first = 10_000;
const blockSize = 16;
const blocks = 625;

/**
 * Free ports of 127.0.0.1 for as long as this start runs, at most 15: another start has others, also while nothing listens at
 * these yet. The first port of a block of 16 is listened at, and so tells that the block is taken. `spokenFor`: what is for
 * something else, though nothing listens there yet.
 */
export async function reservePorts(count: number, spokenFor: readonly number[] = []): Promise<ReservedPorts> {
  const from = randomInt(blocks);
  for (let tried = 0; tried < blocks; tried++) {
    const start = first + ((from + tried) % blocks) * blockSize;
    if (spokenFor.some((port) => port >= start && port < start + blockSize)) continue;
    const lock = await listen('127.0.0.1', start).catch(() => null);
    if (!lock) continue;
    lock.on('connection', (socket) => socket.destroy());
    const ports = Array.from({ length: count }, (_, at) => start + 1 + at);
    const release = () => close(lock);
    if ((await Promise.all(ports.map(isPortFree))).every(Boolean)) return { ports, release };
    await release();
  }
  throw new UserError(
    `No ${count} ports beside each other are free on 127.0.0.1, between ${first} and ${first + blocks * blockSize}. Stop what listens there: \`ss -ltnp\` shows it.`,
  );
}

/** Fails with what to do when the gateway's port cannot be had. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  try {
    const server = await listen(host, port);
    await close(server);
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

const close = (server: Server) => new Promise<void>((done) => server.close(() => done()));

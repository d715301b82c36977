import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below what systems give to outgoing connections and to whoever asks for any port (Linux from 32768 on, others from 49152), and
// above what a local start keeps for itself.
const first = 20_000;
const end = 32_768;

/** Whether a port of 127.0.0.1 can be listened at now. */
export function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port of 127.0.0.1 that was free a moment ago, and that the system gives to nobody by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(first, end);
    if (await isPortFree(port)) return port;
  }
}

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endingPath } from '@stockade/contracts';
import type { Teardown } from '@stockade/testing';

/** A service's machine that misbehaves, in the place of one of the real ones. */
export async function faulty(t: Teardown, answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    // The gateway waits there to hear that a service ends; what a test counts are calls.
    if (request.url === endingPath) request.socket.destroy();
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '@stockade/testing/certificate';

export interface Received {
  headers: IncomingMessage['headers'];
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what they check
  json: any;
}

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** A SIEM's receiver on this machine: it takes what comes, unless it is told to do something else with the next calls. */
export async function startReceiver(
  t: { teardown(close: () => unknown): void },
  { tls = false }: { tls?: boolean } = {},
) {
  const received: Received[] = [];
  const faults: Fault[] = [];
  const state = { underWay: 0, mostUnderWay: 0, delayMs: 0 };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    state.mostUnderWay = Math.max(state.mostUnderWay, ++state.underWay);
    response.on('close', () => state.underWay--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    received.push({ headers: request.headers, body, json: JSON.parse(body) });
    const fault = faults.shift();
    if (fault) return fault(request, response);
    setTimeout(() => response.writeHead(204).end(), state.delayMs);
  };
  const server = tls ? createTlsServer(makeCertificate(), handle) : createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/audit`, received, faults, state };
}

export const answer =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (_, response) =>
    response.writeHead(status, headers).end('{"error":"no"}');
export const hang: Fault = () => {};
export const cut: Fault = (request) => request.socket.destroy();

/** Checks a message as the Standard Webhooks specification says: which of the secrets it is signed with. */
export function signedWith({ headers, body }: Received, secrets: readonly string[]): string[] {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > 300) return [];
  const signatures = String(headers['webhook-signature']).split(' ');
  return secrets.filter((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return signatures.includes(`v1,${expected}`);
  });
}

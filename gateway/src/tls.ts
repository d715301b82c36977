import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { originForm } from './plugins/well-formed.ts';

/** Where the certificate (with its chain) and its key are, both PEM. */
export interface TlsFiles {
  cert: string;
  key: string;
}

const lookEveryMs = 5_000;
const firstByteMs = 20_000;
/** What a TLS connection begins with: a handshake record. No HTTP request does. */
const handshake = 0x16;

/** The files that are set; null for plain HTTP. Throws when only one is. */
export function tlsFiles({
  TLS_CERT: cert,
  TLS_KEY: key,
}: {
  TLS_CERT?: string | undefined;
  TLS_KEY?: string | undefined;
}): TlsFiles | null {
  if (!cert && !key) return null;
  if (!cert || !key) throw new Error('TLS_CERT and TLS_KEY belong together: set both, or none');
  return { cert, key };
}

/** Reads both and makes sure that they belong together. */
export function readTls({ cert, key }: TlsFiles) {
  const read = { cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2' as const };
  createSecureContext(read);
  return read;
}

/** Renewed certificates are taken without a restart; one that cannot be used is not taken, and said so. */
export function reloadTls(app: FastifyInstance, files: TlsFiles, log: Pick<Logger, 'info' | 'warn'>): void {
  const server = app.server as unknown as HttpsServer;
  const reload = () => {
    try {
      server.setSecureContext(readTls(files));
      log.info({ cert: files.cert }, 'The TLS certificate was read anew');
    } catch (error) {
      log.warn({ err: error }, 'The new TLS certificate and key cannot be used: the old ones stay');
    }
  };
  const watched = [files.cert, files.key];
  // By looking, not by events: certificates come by links that are put onto another folder, too.
  for (const file of watched) watchFile(file, { interval: lookEveryMs, persistent: false }, reload);
  app.addHook('onClose', async () => {
    for (const file of watched) unwatchFile(file, reload);
  });
}

const validHost = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i;

/** The same address with https; 308 keeps method and body. */
function redirect({ headers, url = '/' }: IncomingMessage, response: ServerResponse): void {
  const { host } = headers;
  if (host === undefined || !validHost.test(host)) response.writeHead(400, { connection: 'close' });
  else response.writeHead(308, { location: `https://${host}${originForm(url)}`, connection: 'close' });
  response.end();
}

/** Who comes with plain HTTP to a TLS port is sent to https on that port, instead of being cut off. */
export function redirectPlain(app: FastifyInstance): void {
  const server = app.server as unknown as HttpsServer;
  const secure = server.listeners('connection') as ((socket: Socket) => void)[];
  const plain = createServer({ headersTimeout: firstByteMs, requestTimeout: firstByteMs }, redirect);
  const silent = new Set<Socket>();
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    const forget = () => silent.delete(socket);
    const lost = () => socket.destroy();
    const late = setTimeout(lost, firstByteMs);
    socket.once('close', () => {
      clearTimeout(late);
      forget();
    });
    socket.on('error', lost);
    socket.once('data', (bytes: Buffer) => {
      clearTimeout(late);
      forget();
      socket.pause();
      socket.unshift(bytes);
      if (bytes[0] === handshake) for (const take of secure) take.call(server, socket);
      else plain.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  app.addHook('preClose', async () => {
    for (const socket of silent) socket.destroy();
    plain.closeAllConnections();
  });
}

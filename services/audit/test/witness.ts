import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCheckpoint, signatureTypes, verifyConsistency } from '@stockade/transparency-log';
import { formatVerifierKey, keyId, rawPublicKey } from '@stockade/transparency-log/note';

const type = signatureTypes.cosignature;

interface Known {
  size: number;
  root: Buffer;
}

/** What goes wrong with it, instead of an answer. */
export type Fault = 'hangs' | 'fails' | 'refuses' | 'talks' | 'signs wrongly' | null;

/**
 * A witness as C2SP tlog-witness describes one, for the logs whose keys it is told. Its record is replaced in one step: one
 * thread, and nothing is waited for between the check and the new state.
 */
export async function startWitness(
  t: { teardown(close: () => unknown): void },
  name: string,
  logKeys: () => readonly string[],
) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = rawPublicKey(privateKey);
  const known = new Map<string, Known>();
  const asked: string[] = [];
  const state: { fault: Fault } = { fault: null };

  const cosignature = (text: string) => {
    const at = Buffer.alloc(8);
    const seconds = BigInt(Math.floor(Date.now() / 1_000));
    at.writeBigUInt64BE(seconds);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
    return `— ${name} ${Buffer.concat([keyId(name, type, publicKey), at, signature]).toString('base64')}\n`;
  };

  const addCheckpoint = (body: string): [status: number, text?: string, contentType?: string] => {
    const end = body.indexOf('\n\n');
    const [first = '', ...lines] = body.slice(0, end).split('\n');
    const note = body.slice(end + 2);
    const [, oldText] = /^old (0|[1-9][0-9]*)$/.exec(first) ?? [];
    if (oldText === undefined || lines.length > 63) return [400];
    const origin = note.split('\n')[0] ?? '';
    const key = logKeys().find((candidate) => candidate.startsWith(`${origin}+`));
    if (!key) return [404];
    let opened: { size: number; rootHash: Buffer };
    try {
      opened = openCheckpoint(note, key);
    } catch {
      return [403];
    }
    const { size, rootHash } = opened;
    const old = Number(oldText);
    if (old > size) return [400];
    const latest = known.get(origin) ?? { size: 0, root: Buffer.alloc(0) };
    if (old !== latest.size) return [409, `${latest.size}\n`, 'text/x.tlog.size'];
    if (old === size && !latest.root.equals(rootHash)) return [409, `${latest.size}\n`, 'text/x.tlog.size'];
    const hashes = lines.map((line) => Buffer.from(line, 'base64'));
    const consistent =
      old === 0
        ? hashes.length === 0
        : verifyConsistency({ from: old, to: size, fromRoot: latest.root, toRoot: rootHash, hashes });
    if (!consistent) return [422];
    known.set(origin, { size, root: rootHash });
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
    return [200, cosignature(state.fault === 'signs wrongly' ? `${text}x` : text)];
  };

  const answer = (
    response: ServerResponse,
    [status, text = '', contentType = 'text/plain']: ReturnType<typeof addCheckpoint>,
  ) => response.writeHead(status, { 'content-type': contentType }).end(text);

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push(body);
    if (state.fault === 'hangs') return;
    if (state.fault === 'fails') return void answer(response, [503]);
    if (state.fault === 'refuses') return void answer(response, [403]);
    if (state.fault === 'talks') return void answer(response, [200, 'x'.repeat(1_000_000)]);
    const isRight = request.method === 'POST' && request.url === '/w/add-checkpoint';
    answer(response, isRight ? addCheckpoint(body) : [404]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    key: formatVerifierKey(name, type, publicKey),
    setting: `${formatVerifierKey(name, type, publicKey)} http://127.0.0.1:${port}/w/`,
    asked,
    known,
    state,
  };
}

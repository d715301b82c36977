import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SecureVersion, connect as secureConnect } from 'node:tls';
import { eventually } from '@stockade/testing';
import { makeCertificate } from '@stockade/testing/certificate';
import t from 'tap';
import { startGateway } from './setup.ts';

const folder = await mkdtemp(join(tmpdir(), 'stockade-tls-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
const store = async (pair: { cert: string; key: string }) => {
  for (const [file, text] of [
    [key, pair.key],
    [cert, pair.cert],
  ] as const) {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
};

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const ask = (url: string, options: object = {}, body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https') ? request : plainRequest;
    const asked = send(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** The certificate that the server shows. */
const shown = (port: number, maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = secureConnect({ port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });

t.test('HTTPS, and plain HTTP is sent there', async (t) => {
  const first = makeCertificate();
  await store(first);
  const { url, log } = await startGateway(t, { TLS_CERT: cert, TLS_KEY: key });
  const port = Number(new URL(url).port);
  const secure = `https://127.0.0.1:${port}`;

  const live = await ask(`${secure}/health/live`, { ca: first.cert });
  t.equal(live.status, 200);
  t.equal(live.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');
  t.equal(live.headers.server, undefined);
  const unknown = await ask(`${secure}/v1/nothing`, { ca: first.cert, method: 'POST' }, 'x'.repeat(100_000));
  t.equal(unknown.status, 404);
  t.match(JSON.parse(unknown.body), { error: { code: 'NOT_FOUND' } });
  await t.rejects(ask(`${secure}/health/live`), /self-signed/, 'who does not trust it is not made to');

  const plain = await ask(`http://127.0.0.1:${port}/v1/inventory/items?limit=1`, { method: 'POST' }, '{}');
  t.equal(plain.status, 308);
  t.equal(plain.headers.location, `${secure}/v1/inventory/items?limit=1`);
  const absolute = await ask(`http://127.0.0.1:${port}/`, { path: 'http://evil.example/x' });
  t.equal(absolute.headers.location, `${secure}/x`, 'never to another host');
  const forged = await ask(`http://127.0.0.1:${port}/`, { headers: { host: 'evil.example/x?' } });
  t.equal(forged.status, 400);

  await shown(port, 'TLSv1.2');
  await t.rejects(shown(port, 'TLSv1.1'), 'nothing older');

  // A connection that says nothing is in nobody's way, and not in that of closing either (the teardown).
  const silent = connect(port, '127.0.0.1');
  t.teardown(() => silent.destroy());
  t.equal((await ask(`${secure}/health/live`, { ca: first.cert })).status, 200);

  t.test('a renewed certificate is taken without a restart', async (t) => {
    const before = await shown(port);
    const second = makeCertificate();
    await store(second);
    await eventually('it shows the new one', async () => (await shown(port)) !== before);
    t.equal((await ask(`${secure}/health/live`, { ca: second.cert })).status, 200);
    const now = await shown(port);
    await store({ cert: second.cert, key: 'nonsense' });
    await eventually('it says that it cannot be used', () =>
      log.some((line) => line.includes('cannot be used')),
    );
    t.equal(await shown(port), now, 'and goes on with the old one');
  });
});

t.test('one without the other is a mistake', async (t) => {
  await t.rejects(startGateway(t, { TLS_CERT: cert }), /belong together/);
  await t.rejects(startGateway(t, { TLS_CERT: cert, TLS_KEY: join(folder, 'missing.pem') }), /ENOENT/);
});

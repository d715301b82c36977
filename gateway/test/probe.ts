import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import t from 'tap';
import { startSharedStack } from './setup.ts';

const stack = await startSharedStack(t);
const key = `Bearer ${stack.credentials.apiKey}`;
// 1 aborts
const hang: any[] = [];
const faulty = createServer((req, res) => {
  hang.push(res);
});
faulty.listen(0, '127.0.0.1');
await once(faulty, 'listening');
const bad = `http://127.0.0.1:${(faulty.address() as any).port}`;
{
  const g = await stack.addGateway(t, {
    INVENTORY_URL: bad,
    MAX_CONCURRENT_CALLS: '3',
    UPSTREAM_TIMEOUT_MS: '2000',
  });
  for (let i = 0; i < 3; i++) {
    const ac = new AbortController();
    const p = fetch(`${g.url}/v1/inventory/sites`, {
      method: 'POST',
      body: '{}',
      signal: ac.signal,
      headers: { authorization: key, 'content-type': 'application/json' },
    }).catch(() => 'aborted');
    await new Promise((r) => setTimeout(r, 150));
    ac.abort();
    console.log(await p);
  }
  await new Promise((r) => setTimeout(r, 200));
  console.log(
    'after aborted POSTs',
    (await fetch(`${g.url}/v1/purchasing/suppliers`, { headers: { authorization: key } })).status,
  );
  for (const r of hang) r.end('{}');
  await new Promise((r) => setTimeout(r, 200));
  console.log(
    'after answers',
    (await fetch(`${g.url}/v1/purchasing/suppliers`, { headers: { authorization: key } })).status,
  );
  console.log('log lines', g.log.length);
}
// 2 identity answers 503
{
  const sick = createServer((_q, res) => {
    res.writeHead(503, { 'retry-after': '1' }).end('{"error":{}}');
  });
  sick.listen(0, '127.0.0.1');
  await once(sick, 'listening');
  const g = await stack.addGateway(t, { IDENTITY_URL: `http://127.0.0.1:${(sick.address() as any).port}` });
  const a = await fetch(`${g.url}/v1/purchasing/suppliers`, { headers: { authorization: key } });
  console.log('identity 503 ->', a.status, await a.text());
  for (let i = 0; i < 8; i++)
    console.log(
      (await fetch(`${g.url}/v1/purchasing/suppliers`, { headers: { authorization: key } })).status,
    );
  sick.close();
  sick.closeAllConnections();
}
// 3 raw
{
  const g = await stack.addGateway(t);
  const port = Number(new URL(g.url).port);
  const speak = async (bytes: string) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(bytes);
    socket.setTimeout(3000, () => socket.destroy());
    let s = '';
    try {
      for await (const c of socket) s += c;
    } catch (e) {
      s += String(e);
    }
    return s;
  };
  const rest = `Authorization: ${key}\r\nConnection: close\r\n\r\n`;
  for (const [n, b] of Object.entries({
    nohost: `GET /v1/purchasing/suppliers HTTP/1.1\r\n${rest}`,
    twohosts: `GET /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\nHost: b\r\n${rest}`,
    absolute: `GET http://x/v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\n${rest}`,
    absoluteMissing: `GET http://x/nothing HTTP/1.1\r\nHost: a\r\n${rest}`,
    expect: `GET /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\nExpect: nonsense\r\n${rest}`,
    propfind: `PROPFIND /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\n${rest}`,
    trace: `TRACE /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\n${rest}`,
    options: `OPTIONS /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\n${rest}`,
    optstar: `OPTIONS * HTTP/1.1\r\nHost: a\r\n${rest}`,
    connect: `CONNECT x:80 HTTP/1.1\r\nHost: a\r\n${rest}`,
    upgrade: `GET /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\nAuthorization: ${key}\r\n\r\n`,
    long: `GET /v1/purchasing/suppliers?search=${'a'.repeat(12000)} HTTP/1.1\r\nHost: a\r\n${rest}`,
    head: `HEAD /v1/purchasing/suppliers HTTP/1.1\r\nHost: a\r\n${rest}`,
    http10: `GET /v1/purchasing/suppliers HTTP/1.0\r\n${rest}`,
    http2: `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
  }))
    console.log(
      '==',
      n,
      '\n',
      (await speak(b))
        .replace(/\r\n(content-security|x-|cross|origin|referrer|permissions)[^\r]*/gi, '')
        .slice(0, 420),
    );
}
faulty.close();
faulty.closeAllConnections();

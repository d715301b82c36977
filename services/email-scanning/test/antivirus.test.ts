import { createServer, type Server, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { createAntivirus } from '../src/antivirus/index.ts';

/** Reads what INSTREAM sends, as clamd(8) tells it; null until the end has come. */
function received(bytes: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (bytes.toString('latin1', 0, command.length) !== command) return null;
  const parts: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

/** Told of all that has come: its content once that is complete, and its size. */
type Behaviour = (socket: Socket, content: Buffer | null, size: number) => void;

/** A server that does what the test says once it has data; ends with the test. */
async function serve(t: Test, behaviour: Behaviour) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (!socket.writableEnded) behaviour(socket, received(bytes), bytes.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return { url: `tcp://127.0.0.1:${port}`, sockets };
}

const file = (text: string) => ({ sha256: `hash of ${text}`, bytes: Buffer.from(text) });

/** Says of what holds `bad` that it is a virus. */
const honest = (socket: Socket, content: Buffer | null) => {
  if (content) socket.end(content.includes('bad') ? 'stream: Test.Bad FOUND\0' : 'stream: OK\0');
};

t.test('names by file, and of a whole mail', async (t) => {
  const { url } = await serve(t, honest);
  const antivirus = createAntivirus({ url });
  t.teardown(() => antivirus.close());
  t.match(antivirus.state(), { status: 'unknown', asked: 0 });
  t.strictSame(await antivirus.scan([file('good'), file('bad')]), { 'hash of bad': 'Test.Bad' });
  t.strictSame(await antivirus.scan([file('good')]), {});
  t.strictSame(await antivirus.scan([]), {});
  t.strictSame(await antivirus.scanMessage(Buffer.from('a bad mail')), { message: 'Test.Bad' });
  const large = Buffer.alloc(3 * 1024 * 1024, 'x');
  t.strictSame(await antivirus.scanMessage(Buffer.concat([large, Buffer.from('bad')])), {
    message: 'Test.Bad',
  });
  t.match(antivirus.state(), { status: 'up', reason: null, asked: 5, found: 3, unanswered: 0 });
});

t.test('without a daemon nothing is asked', async (t) => {
  const antivirus = createAntivirus({ url: null });
  t.equal(await antivirus.scanMessage(Buffer.from('x')), null);
  t.match(antivirus.state(), { status: 'off' });
});

t.test('an address that is none is told at once', async (t) => {
  for (const url of ['http://x', 'tcp://', 'clamd', 'unix:'])
    t.throws(() => createAntivirus({ url }), { message: /CLAMD_URL/ }, url);
  for (const url of ['/run/clamd.ctl', 'unix:///run/clamd.ctl', 'tcp://[::1]:3310', 'tcp://clamav'])
    t.doesNotThrow(() => createAntivirus({ url }), url);
});

t.test('an outage is no failure: it was not asked, and is left alone for a while', async (t) => {
  const antivirus = createAntivirus({ url: 'tcp://127.0.0.1:1', restMs: 60_000 });
  t.equal(await antivirus.scanMessage(Buffer.from('x')), null);
  t.match(antivirus.state(), { status: 'down', reason: /ECONNREFUSED/, asked: 1, unanswered: 1 });
  t.equal(await antivirus.scanMessage(Buffer.from('x')), null);
  t.match(antivirus.state(), { asked: 1, unanswered: 2 }, 'not asked again');
});

t.test('it comes back', async (t) => {
  let broken = true;
  const { url } = await serve(t, (socket, content) => (broken ? socket.destroy() : honest(socket, content)));
  const antivirus = createAntivirus({ url, restMs: 0 });
  t.equal(await antivirus.scanMessage(Buffer.from('bad')), null);
  t.match(antivirus.state(), { status: 'down' });
  broken = false;
  t.strictSame(await antivirus.scanMessage(Buffer.from('bad')), { message: 'Test.Bad' });
  t.match(antivirus.state(), { status: 'up', reason: null });
});

t.test('faults', async (t) => {
  const faults: Record<string, [Behaviour, RegExp]> = {
    'closes without a word': [(socket) => socket.end(), /closed without an answer/],
    resets: [(socket) => socket.resetAndDestroy(), /ECONNRESET|closed/],
    'says something else': [(socket) => socket.end('HTTP/1.1 400 Bad Request\0'), /not the answer of clamd/],
    'never stops': [(socket) => socket.write('x'.repeat(10_000)), /without an end/],
    'half an answer': [(socket, content) => content && socket.end('stream: Te'), /not the answer/],
  };
  for (const [name, [behaviour, reason]] of Object.entries(faults)) {
    const { url } = await serve(t, behaviour);
    const antivirus = createAntivirus({ url });
    t.equal(await antivirus.scanMessage(Buffer.alloc(2_000_000)), null, name);
    t.match(antivirus.state(), { status: 'down', reason }, name);
  }
});

t.test('a connection that is lost while something is still to be sent is made once more', async (t) => {
  let resets = 1;
  const { url } = await serve(t, (socket, content) => {
    if (resets-- > 0) socket.resetAndDestroy();
    else honest(socket, content);
  });
  const antivirus = createAntivirus({ url, restMs: 60_000 });
  const large = Buffer.alloc(8 * 1024 * 1024, 'x');
  t.strictSame(await antivirus.scanMessage(Buffer.concat([large, Buffer.from('bad')])), {
    message: 'Test.Bad',
  });
  t.match(antivirus.state(), { status: 'up', reason: null, asked: 1 });
});

t.test('slow', async (t) => {
  const { url, sockets } = await serve(t, () => {});
  const antivirus = createAntivirus({ url, timeoutMs: 50 });
  t.equal(await antivirus.scanMessage(Buffer.from('x')), null);
  t.match(antivirus.state(), { status: 'down', reason: 'no answer within 50 ms' });
  while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  t.pass('the connection is gone');
});

t.test('too large for clamd: that is told, and others are asked on', async (t) => {
  const { url } = await serve(t, (socket, content, size) => {
    if (content) honest(socket, content);
    else if (size > 1_000_000) socket.end('INSTREAM size limit exceeded. ERROR\0');
  });
  const antivirus = createAntivirus({ url, restMs: 60_000 });
  t.equal(await antivirus.scanMessage(Buffer.alloc(4_000_000)), null);
  t.match(antivirus.state(), { status: 'up', reason: /size limit exceeded/, unanswered: 1 });
  t.strictSame(await antivirus.scanMessage(Buffer.from('bad')), { message: 'Test.Bad' });
});

t.test('what is larger than our own limit is not sent; what was found beside it counts', async (t) => {
  const { url } = await serve(t, honest);
  const antivirus = createAntivirus({ url, maxBytes: 10 });
  t.equal(await antivirus.scan([file('good'), file('far too large')]), null, 'one was not looked at');
  t.strictSame(await antivirus.scan([file('bad'), file('far too large')]), { 'hash of bad': 'Test.Bad' });
});

t.test('connections and those who wait are bounded', async (t) => {
  let open = 0;
  let most = 0;
  const { url } = await serve(t, (socket, content) => {
    if (!content) return;
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      socket.end('stream: OK\0');
    }, 10);
  });
  const antivirus = createAntivirus({ url, maxConnections: 2, maxWaiting: 3 });
  const answers = await Promise.all(Array.from({ length: 8 }, () => antivirus.scanMessage(Buffer.from('x'))));
  t.equal(answers.filter((answer) => answer !== null).length, 5);
  t.equal(most, 2);
  t.match(antivirus.state(), { asked: 5, unanswered: 3 });
});

t.test('closing ends what is under way', async (t) => {
  const { url } = await serve(t, () => {});
  const antivirus = createAntivirus({ url });
  const asked = antivirus.scanMessage(Buffer.from('x'));
  antivirus.close();
  t.equal(await asked, null);
  t.equal(await antivirus.scanMessage(Buffer.from('x')), null);
});

import { type AddressInfo, createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import t from 'tap';
import { createSmtpProvider } from '../src/index.ts';
import { reply, serveMail } from './mail-server.ts';
import { mailOf, signalOf } from './setup.ts';

const atRecipient = (code: number): SMTPServerOptions => ({
  onRcptTo: (_address, _session, done) => done(reply(code, 'Not this one')),
});
const atData = (code: number): SMTPServerOptions => ({
  onData(stream, _session, done) {
    stream.resume().on('end', () => done(reply(code, 'Not this one')));
  },
});
const atSender = (code: number): SMTPServerOptions => ({
  onMailFrom: (_address, _session, done) => done(reply(code, 'Not this one')),
});

for (const [name, options, kind, statusCode] of [
  ['a recipient refused', atRecipient(550), 'permanent', 550],
  ['a recipient put off', atRecipient(450), 'temporary', 450],
  ['the data refused', atData(554), 'permanent', 554],
  ['the data put off', atData(451), 'temporary', 451],
  ['the sender refused', atSender(550), 'misconfigured', 550],
  ['a mail too large', atSender(552), 'permanent', 552],
  ['a login demanded', atRecipient(530), 'misconfigured', 530],
] as const) {
  t.test(`${name} is ${kind}`, async (t) => {
    const { url } = await serveMail(t, options);
    const provider = createSmtpProvider({ url });
    await t.rejects(provider.send(mailOf(), signalOf()), { kind, statusCode, message: /Not this one/ });
  });
}

t.test('who of several was refused is told', async (t) => {
  const { url, mails } = await serveMail(t, {
    onRcptTo: ({ address }, _session, done) =>
      done(address === 'b@vendor.test' ? reply(550, 'Unknown') : null),
  });
  const to = [{ email: 'a@vendor.test' }, { email: 'b@vendor.test' }];
  const receipt = await createSmtpProvider({ url }).send(mailOf({ to }), signalOf());
  t.same(receipt, { providerId: '4F2A-1', note: 'Refused for b@vendor.test' });
  t.equal(mails.length, 1);
});

t.test('a server that hangs is left', async (t) => {
  const sockets = new Set<{ destroy(): void }>();
  let left = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.resume().on('error', () => undefined);
    socket.on('close', () => {
      left += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = createSmtpProvider({ url });
  const expected = { kind: 'temporary', message: 'No answer in time' };
  await t.rejects(provider.send(mailOf(), signalOf(100)), expected, 'by the signal');
  const impatient = createSmtpProvider({ url, timeoutMs: 100 });
  await t.rejects(impatient.send(mailOf(), signalOf()), expected, 'by its own limit');
  while (left < 2) await new Promise((resolve) => setImmediate(resolve));
});

t.test('nobody listens, or another protocol is meant', async (t) => {
  const provider = createSmtpProvider({ url: 'smtp://127.0.0.1:1' });
  await t.rejects(provider.send(mailOf(), signalOf()), {
    kind: 'temporary',
    message: 'No connection: ECONNREFUSED',
  });
  t.throws(() => createSmtpProvider({ url: 'http://127.0.0.1:1' }), /smtp:/);
});

import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { faulty } from './faulty.ts';
import { signatureOf, signatureOfNow, startGateway } from './setup.ts';

const mib = 1024 * 1024;
const source = '019ab000-0000-7000-8000-000000000001';
const path = `/v1/mail/inbound/${source}`;

type Headers = Record<string, string | number>;

/** A provider's call whose body is only begun, or sent as a whole. */
function send(url: string, headers: Headers, body?: Buffer): ClientRequest {
  const { hostname, port } = new URL(url);
  const call = request({
    ...{ hostname, port, path, method: 'POST', agent: false },
    headers: {
      'content-type': 'message/rfc822',
      'x-stockade-signature': signatureOfNow(),
      ...headers,
    },
  });
  call.on('error', () => {});
  call.flushHeaders();
  if (body) call.end(body);
  return call;
}

async function answerTo(call: ClientRequest) {
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await answer.toArray()).toString();
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(text) };
}

t.test('what no secret could have signed is refused before its body comes', async (t) => {
  let asked = 0;
  const mail = await faulty(t, (_request, response) => {
    asked++;
    response.writeHead(401).end('{}');
  });
  const { url } = await startGateway(t, { EMAIL_SCANNING_URL: mail });
  const now = Math.floor(Date.now() / 1_000);
  for (const signature of [
    '',
    'x',
    `t=${now}`,
    `t=${now},v1=00`,
    signatureOf(now - 310),
    signatureOf(now + 310),
  ]) {
    const call = send(url, { 'x-stockade-signature': signature, 'content-length': 25 * mib });
    t.match(await answerTo(call), {
      status: 401,
      body: {
        error: { code: 'UNAUTHENTICATED', message: 'The signature is missing, too old, or does not hold.' },
      },
    });
    call.destroy();
  }
  t.equal(asked, 0);
  t.equal((await answerTo(send(url, {}, Buffer.from('x')))).status, 401);
  t.equal(asked, 1, 'what could hold is for the service to judge');
});

t.test(
  'an address without a credential has so many bytes of bodies at once, and all of them together',
  async (t) => {
    const held: ServerResponse[] = [];
    let isDone = false;
    const mail = await faulty(t, async (incoming, response) => {
      await once(incoming.resume(), 'end');
      if (isDone) response.writeHead(202).end('{}');
      else held.push(response);
    });
    const { url } = await startGateway(t, { EMAIL_SCANNING_URL: mail, TRUSTED_PROXIES: '127.0.0.1' });
    const body = Buffer.alloc(30 * mib);
    const from = (ip: string) => ({ 'x-forwarded-for': ip });
    const calls = ['203.0.113.1', '203.0.113.1', '203.0.113.2', '203.0.113.2'].map((ip) =>
      send(url, { ...from(ip), 'content-length': body.length }, body),
    );
    await eventually('all four are held', () => held.length === 4);
    const announced = await answerTo(send(url, { ...from('203.0.113.1'), 'content-length': body.length }));
    t.match(announced, { status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE' } } });
    t.match(announced.headers['retry-after'], /^[1-9]/);
    const chunked = await answerTo(
      send(url, { ...from('203.0.113.1'), 'transfer-encoding': 'chunked' }, body.subarray(0, 5 * mib)),
    );
    t.match(chunked, { status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE' } } });
    t.match(chunked.headers['retry-after'], /^[1-9]/);

    const third = await answerTo(send(url, { ...from('203.0.113.3'), 'content-length': body.length }));
    t.equal(third.status, 503, 'together they have no more');

    for (const call of calls) call.destroy();
    const again = send(url, { ...from('203.0.113.1'), 'content-length': body.length });
    t.equal((await answerTo(again)).status, 503, 'it is held until the service is done, whoever left');
    isDone = true;
    for (const response of held) response.writeHead(202).end('{}');
    await eventually('there is room again', async () => {
      const answer = await answerTo(
        send(url, { ...from('203.0.113.1'), 'content-length': body.length }, body),
      );
      return answer.status === 202;
    });
  },
);

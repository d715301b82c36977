import { createHmac } from 'node:crypto';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

t.test('a provider without a credential sends mail in, signed, and is limited by its address', async (t) => {
  const { url, credentials } = await startStack(t, { RATE_LIMIT_MAIL_MAX: '4' });
  const made = await fetch(`${url}/v1/mail/sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${credentials.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'webhook', name: 'Provider' }),
  });
  const source = (await made.json()) as { id: string; secret: string };
  t.equal(made.status, 201);
  const post = (body: string, secret = source.secret) => {
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret)
      .update(`${seconds}\n\nann@demo.example\n\n${body}`)
      .digest('hex');
    return fetch(`${url}/v1/mail/inbound/${source.id}`, {
      method: 'POST',
      headers: {
        'content-type': 'message/rfc822',
        'x-envelope-to': 'ann@demo.example',
        'x-stockade-signature': `t=${seconds},v1=${signature}`,
      },
      body,
    });
  };
  const letter = 'From: a@x.example\r\nSubject: Hi\r\n\r\nHello\r\n';
  const first = await post(letter);
  t.equal(first.status, 202);
  const { id } = (await first.json()) as { id: string };
  const read = await fetch(`${url}/v1/mail/messages/${id}`, {
    headers: { authorization: `Bearer ${credentials.apiKey}` },
  });
  t.match(await read.json(), { id, source: 'Provider' });
  // Within the same second it is the same call.
  t.ok([202, 409].includes((await post(letter)).status));
  t.equal((await post(`${letter}x`, 'another secret')).status, 401);
  t.equal((await post(`${letter}y`)).status, 202);
  const refused = await post(`${letter}z`);
  t.equal(refused.status, 429);
  t.ok(refused.headers.get('retry-after'));
});

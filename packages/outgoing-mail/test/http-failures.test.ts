import t from 'tap';
import { createResendProvider, createSendGridProvider } from '../src/index.ts';
import { json, serveHttp } from './http-server.ts';
import { mailOf, signalOf } from './setup.ts';

const apiKey = 'the-secret-key';
for (const create of [createSendGridProvider, createResendProvider]) {
  t.test(create.name, async (t) => {
    t.test('a server that does not answer', async (t) => {
      const { url } = await serveHttp(t, () => undefined);
      const provider = create({ apiKey, url });
      t.teardown(() => provider.close?.());
      await t.rejects(provider.send(mailOf(), signalOf(100)), {
        kind: 'temporary',
        statusCode: null,
        message: 'No answer in time',
      });
    });

    t.test('a connection that is reset', async (t) => {
      const { url } = await serveHttp(t, (response) => response.socket?.resetAndDestroy());
      const provider = create({ apiKey, url });
      t.teardown(() => provider.close?.());
      await t.rejects(provider.send(mailOf(), signalOf()), {
        kind: 'temporary',
        message: /^No connection: \w+$/,
      });
    });

    t.test('nobody listens', async (t) => {
      const provider = create({ apiKey, url: 'http://127.0.0.1:1' });
      t.teardown(() => provider.close?.());
      await t.rejects(provider.send(mailOf(), signalOf()), {
        kind: 'temporary',
        message: 'No connection: ECONNREFUSED',
      });
    });

    t.test('a redirect is not followed, least of all with the key', async (t) => {
      const elsewhere = await serveHttp(t, json(202, {}));
      const { url } = await serveHttp(t, json(307, {}, { location: elsewhere.url }));
      const provider = create({ apiKey, url });
      t.teardown(() => provider.close?.());
      await t.rejects(provider.send(mailOf(), signalOf()), {
        kind: 'misconfigured',
        statusCode: 307,
        message: /307/,
      });
      t.equal(elsewhere.received.length, 0);
    });

    t.test('an endless answer is not read', async (t) => {
      const { url } = await serveHttp(t, json(500, { message: 'x'.repeat(1_000_000) }));
      const provider = create({ apiKey, url });
      t.teardown(() => provider.close?.());
      await t.rejects(provider.send(mailOf(), signalOf()), {
        kind: 'temporary',
        statusCode: 500,
        message: /500$/,
      });
    });

    t.test('a key does not travel in the open', async (t) => {
      t.throws(() => create({ apiKey, url: 'http://api.example.test' }), /must be https/);
      t.throws(() => create({ apiKey, url: 'https://me:pw@api.example.test' }), /no credentials/);
    });
  });
}

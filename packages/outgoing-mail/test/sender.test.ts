import t from 'tap';
import {
  createMailSender,
  createResendProvider,
  createSendGridProvider,
  ProviderError,
} from '../src/index.ts';
import { json, serveHttp } from './http-server.ts';
import { collectLog, mailOf, scripted } from './setup.ts';

const takes = async () => ({ providerId: 'id-1' });
const fails =
  (kind: ProviderError['kind'], facts = {}) =>
  async () => {
    throw new ProviderError(kind, `It is ${kind}`, facts);
  };
const log = collectLog();

t.test('the first that takes it is the last that is asked', async (t) => {
  const first = scripted('sendgrid', takes);
  const second = scripted('resend', takes);
  const outcome = await createMailSender({ providers: [first, second], log }).send(mailOf());
  t.match(outcome, { status: 'sent', provider: 'sendgrid', providerId: 'id-1', retryAfterSeconds: null });
  t.match(outcome.attempts, [{ provider: 'sendgrid', outcome: 'accepted', detail: null }]);
  t.equal(outcome.attempts.length, 1);
  t.same([first.sent, second.sent], [1, 0]);
});

t.test('the others follow in their order', async (t) => {
  const providers = [
    scripted('smtp', fails('misconfigured')),
    scripted('sendgrid', fails('temporary')),
    scripted('resend', takes),
  ];
  const outcome = await createMailSender({ providers, log }).send(mailOf());
  t.match(outcome, { status: 'sent', provider: 'resend' });
  t.same(
    outcome.attempts.map(({ provider, outcome, detail }) => [provider, outcome, detail]),
    [
      ['smtp', 'misconfigured', 'It is misconfigured'],
      ['sendgrid', 'temporary', 'It is temporary'],
      ['resend', 'accepted', null],
    ],
  );
  for (const { startedAt, durationMs } of outcome.attempts)
    t.ok(startedAt instanceof Date && Number.isInteger(durationMs));
});

t.test('a refusal of the mail ends it', async (t) => {
  const second = scripted('resend', takes);
  const providers = [scripted('sendgrid', fails('permanent')), second];
  const outcome = await createMailSender({ providers, log }).send(mailOf());
  t.match(outcome, { status: 'refused', provider: 'sendgrid', providerId: null, retryAfterSeconds: null });
  t.equal(second.sent, 0);
});

t.test('a mail that is under way is not given to another', async (t) => {
  const second = scripted('smtp', takes);
  const providers = [scripted('resend', fails('temporary', { failOver: false })), second];
  t.match(await createMailSender({ providers, log }).send(mailOf()), {
    status: 'unavailable',
    provider: null,
  });
  t.equal(second.sent, 0);
});

t.test('the soonest time is told, unless somebody may be back any moment', async (t) => {
  const busy = (seconds: number) => fails('temporary', { retryAfterSeconds: seconds });
  const wait = async (...sends: ReturnType<typeof fails>[]) => {
    const names = ['sendgrid', 'resend', 'smtp'] as const;
    const providers = sends.map((send, index) => scripted(names[index]!, send));
    const outcome = await createMailSender({ providers, log }).send(mailOf());
    t.equal(outcome.status, 'unavailable');
    return outcome.retryAfterSeconds;
  };
  t.equal(await wait(busy(60), busy(20), fails('misconfigured')), 20);
  t.equal(await wait(busy(60), fails('temporary')), null);
  t.equal(await wait(fails('misconfigured')), null);
  t.equal(await wait(), null, 'without providers');
});

t.test('one that hangs or breaks is passed over', async (t) => {
  const providers = [
    scripted('sendgrid', () => new Promise(() => undefined)),
    scripted('smtp', () => {
      throw new TypeError('broken, with the password hunter2');
    }),
    scripted('resend', takes),
  ];
  const outcome = await createMailSender({ providers, timeoutMs: 50, log }).send(mailOf());
  t.equal(outcome.provider, 'resend');
  t.match(outcome.attempts, [
    { outcome: 'temporary', detail: 'No answer in time' },
    { outcome: 'temporary', detail: 'Unexpected: TypeError' },
    { outcome: 'accepted' },
  ]);
});

t.test('over HTTP: one is down, the other is asked once', async (t) => {
  const down = await serveHttp(t, json(500, {}));
  const up = await serveHttp(t, json(200, { id: 'r-1' }));
  const providers = [
    createSendGridProvider({ apiKey: 'k1', url: down.url }),
    createResendProvider({ apiKey: 'k2', url: up.url }),
  ];
  const sender = createMailSender({ providers, log });
  t.match(await sender.send(mailOf()), { status: 'sent', provider: 'resend', providerId: 'r-1' });
  t.same([down.received.length, up.received.length], [1, 1]);
  await sender.close();
});

t.test('over HTTP: one that accepts and then hangs has the mail', async (t) => {
  const { url } = await serveHttp(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
  });
  const second = scripted('smtp', takes);
  const sender = createMailSender({
    providers: [createResendProvider({ apiKey: 'k', url }), second],
    timeoutMs: 300,
    log,
  });
  t.match(await sender.send(mailOf()), { status: 'sent', provider: 'resend', providerId: null });
  t.equal(second.sent, 0, 'nothing is sent twice');
  await sender.close();
});

import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { createMailSender, type FailureKind, ProviderError } from '../src/index.ts';
import { collectLog, mailOf, scripted } from './setup.ts';

const log = collectLog();
const breaker = { failures: 3, resetMs: 500 };

/** A provider that fails in the way it is set to, or takes mails. */
function moody() {
  const mood: { now: FailureKind | 'well' } = { now: 'temporary' };
  const provider = scripted('sendgrid', async () => {
    if (mood.now !== 'well') throw new ProviderError(mood.now, 'A bad day');
    return { providerId: 'id-1' };
  });
  return { mood, provider };
}

t.test('it opens after failures in a row, and closes again', async (t) => {
  const { mood, provider } = moody();
  const sender = createMailSender({ providers: [provider], breaker, log });
  t.same(sender.states(), { sendgrid: 'closed' });
  for (let failure = 0; failure < 3; failure += 1) await sender.send(mailOf());
  t.same(sender.states(), { sendgrid: 'open' });
  const skipped = await sender.send(mailOf());
  t.match(skipped, { status: 'unavailable', retryAfterSeconds: 1 });
  t.match(skipped.attempts, [{ outcome: 'skipped', detail: null }]);
  t.equal(provider.sent, 3);

  await wait(550);
  await sender.send(mailOf());
  t.equal(provider.sent, 4, 'one mail tries');
  t.same(sender.states(), { sendgrid: 'open' });

  await wait(550);
  mood.now = 'well';
  const outcomes = await Promise.all([sender.send(mailOf()), sender.send(mailOf())]);
  t.same(
    outcomes.map(({ status }) => status),
    ['sent', 'sent'],
  );
  t.same(sender.states(), { sendgrid: 'closed' });
  t.match(log.lines.map((line) => (line as [{ state?: string }])[0].state).filter(Boolean), [
    'open',
    'half-open',
    'open',
    'half-open',
    'closed',
  ]);
});

t.test('an open one leaves the others alone', async (t) => {
  const { provider } = moody();
  const second = scripted('resend', async () => ({ providerId: 'id-2' }));
  const sender = createMailSender({ providers: [provider, second], breaker, log });
  for (let mail = 0; mail < 5; mail += 1)
    t.match(await sender.send(mailOf()), { status: 'sent', provider: 'resend' });
  t.same([provider.sent, second.sent], [3, 5]);
  t.same(sender.states(), { sendgrid: 'open', resend: 'closed' });
});

t.test('wrong settings open it, refused mails do not', async (t) => {
  const { mood, provider } = moody();
  const sender = createMailSender({ providers: [provider], breaker, log });
  mood.now = 'permanent';
  for (let mail = 0; mail < 5; mail += 1) await sender.send(mailOf());
  t.same(sender.states(), { sendgrid: 'closed' });
  mood.now = 'misconfigured';
  await sender.send(mailOf());
  await sender.send(mailOf());
  mood.now = 'permanent';
  await sender.send(mailOf());
  mood.now = 'misconfigured';
  await sender.send(mailOf());
  await sender.send(mailOf());
  t.same(sender.states(), { sendgrid: 'closed' }, 'a refusal shows that it works');
  await sender.send(mailOf());
  t.same(sender.states(), { sendgrid: 'open' });
});

import type { TestAnswer } from '@stockade/testing';
import t from 'tap';
import { startMailing } from './mailing.ts';
import { goodPassword, makeTenant } from './service.ts';

const email = 'owner@acme.example';
const rounds = 25;

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** What of an answer may not differ. */
const shown = ({ status, body, headers }: TestAnswer) => ({
  status,
  body: body?.error
    ? { code: body.error.code, message: body.error.message, details: body.error.details }
    : body,
  headers: Object.keys(headers).sort(),
});

t.test('answers and times do not tell who has an account', async (t) => {
  const { service, anyone, owner, work, tokenFor } = await startMailing(t);

  /** Asks both in turn, so that a busy machine is as busy for one as for the other. */
  async function compare(
    what: string,
    one: (at: number) => Promise<TestAnswer>,
    other: (at: number) => Promise<TestAnswer>,
    between: () => Promise<unknown> = async () => undefined,
  ) {
    await t.test(what, async (t) => {
      const times: [number[], number[]] = [[], []];
      const answers: [TestAnswer[], TestAnswer[]] = [[], []];
      for (let at = 0; at < rounds; at++) {
        for (const [index, ask] of [one, other].entries()) {
          await between();
          const started = performance.now();
          answers[index as 0 | 1].push(await ask(at));
          times[index as 0 | 1].push(performance.now() - started);
        }
      }
      t.strictSame(answers[0].map(shown), answers[1].map(shown));
      const [a, b] = [median(times[0]), median(times[1])];
      t.ok(Math.abs(a - b) < Math.max(5, 0.4 * Math.min(a, b)), `${a.toFixed(1)} and ${b.toFixed(1)} ms`);
    });
  }

  const login = (address: string) => () =>
    anyone.post('/v1/auth/login', { email: address, password: 'Wrong-Password-1' });
  await compare('a sign-in', login(email), login('nobody@acme.example'));

  await owner.post('/v1/identity/users', { email: 'invited@acme.example', name: 'I', role: 'viewer' });
  await compare('a sign-in of who is invited', login('invited@acme.example'), login('nobody@acme.example'));

  const imported = { email: 'imported@acme.example', name: 'I', role: 'viewer' };
  const passwordHash = '$2b$10$8xmUp8X4m0pk8Umn8JJv.eYFsehawRvK3jhZWmEgTd2zuT0MTKf8S';
  t.equal((await owner.post('/v1/identity/users', { ...imported, passwordHash })).status, 201);
  await compare('a sign-in with an imported hash', login(imported.email), login('nobody@acme.example'));
  await service.query('delete from users where email = $1', [imported.email]);

  const reset = (address: string) => () => anyone.post('/v1/auth/password-resets', { email: address });
  await compare('a new password', reset(email), reset('nobody@acme.example'));

  await work();
  const used = tokenFor('invited@acme.example');
  const accept = (token: string) => () =>
    anyone.post('/v1/auth/invitations/accept', { token, password: goodPassword });
  await accept(used)();
  await compare('an invitation that was accepted', accept(used), accept(`A${used.slice(1)}`));

  await makeTenant(service, 'taken@other.example');
  await compare(
    'a new address that is taken',
    () =>
      owner.post('/v1/auth/email-changes', { email: 'taken@other.example', currentPassword: goodPassword }),
    () =>
      owner.post('/v1/auth/email-changes', { email: 'free@other.example', currentPassword: goodPassword }),
    () => service.query("update account_tokens set created_at = created_at - interval '1 hour'"),
  );
});

import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { deleteOldFailures } from '../src/auth/guessing-queries.ts';
import { startMailing } from './mailing.ts';
import { goodPassword } from './service.ts';

const email = 'owner@acme.example';
const wrong = 'Wrong-Password-1';

t.test('guessing', async (t) => {
  const mailing = await startMailing(t, { SIGN_IN_SLOW_AFTER: 4, SIGN_IN_SLOW_WINDOW_SECONDS: 900 });
  const { service, anyone, ownerId, tell, audits } = mailing;
  const login = (address: string, password: string, device = '') =>
    anyone.post(
      '/v1/auth/login',
      { email: address, password },
      device === '' ? {} : { 'x-stockade-device': device },
    );
  const deviceOf = (headers: { 'set-cookie'?: string | string[] | undefined }) =>
    /stockade_device=([^;]+)/.exec([headers['set-cookie']].flat().join('\n'))?.[1] ?? '';
  const afresh = () => service.query('delete from sign_in_failures');
  /** As if so long had passed. */
  const later = (seconds: number) =>
    service.query(
      `update sign_in_failures set window_started_at = window_started_at - make_interval(secs => ${seconds}),
       blocked_until = blocked_until - make_interval(secs => ${seconds})`,
    );
  const fail = async (times: number, address = email, device = '') => {
    for (let at = 0; at < times; at++) t.equal((await login(address, wrong, device)).status, 401);
  };
  const waitOf = async (device = '') =>
    Number((await login(email, goodPassword, device)).headers['retry-after']);

  t.test('a sign-in gives the browser a cookie by which it is known', async (t) => {
    const answer = await login(email, goodPassword);
    const cookies = [answer.headers['set-cookie']].flat();
    t.equal(cookies.length, 2);
    t.match(cookies[0], /^stockade_session=/);
    t.match(cookies[1], /^stockade_device=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=31536000$/);
    t.equal((await login(email, wrong)).headers['set-cookie'], undefined);
  });

  t.test('is slowed from everywhere, but not for who signed in before', async (t) => {
    const device = deviceOf((await login(email, goodPassword)).headers);
    await afresh();
    await fail(4);
    const refused = await login(email, goodPassword);
    t.match(refused, { status: 429, body: { error: { code: 'RATE_LIMITED', message: /failed sign-ins/ } } });
    t.equal(refused.headers['set-cookie'], undefined, 'the right password is not looked at');
    t.equal((await login(email, goodPassword, device)).status, 200, 'the owner goes on');
    t.equal((await login(email, goodPassword)).status, 429, 'which opens nothing for others');
    for (const forged of [
      'x'.repeat(22),
      `${device.slice(0, 22)}.${'A'.repeat(22)}`,
      `${device}.`,
      device.slice(0, 44),
    ])
      t.equal((await login(email, goodPassword, forged)).status, 429, forged);
  });

  t.test('a known device has a counter of its own', async (t) => {
    const device = deviceOf((await login(email, goodPassword, await known())).headers);
    await afresh();
    await fail(4, email, device);
    t.equal((await login(email, goodPassword, device)).status, 429);
    t.equal((await login(email, goodPassword)).status, 200, 'others are not slowed by it');
    await fail(4, 'another@acme.example', device);
    const [row] = await service.query<{ n: number }>(
      'select count(*)::int as n from sign_in_failures where octet_length(device) > 0',
    );
    t.equal(row?.n, 1, 'for another account it is unknown');
  });

  async function known(): Promise<string> {
    await afresh();
    return deviceOf((await login(email, goodPassword)).headers);
  }

  t.test('a terminal with many users stays known to each', async (t) => {
    const { owner } = mailing;
    await owner.post('/v1/identity/users', {
      ...{ email: 'second@acme.example', name: 'S', role: 'viewer', password: goodPassword },
    });
    const first = await known();
    const both = deviceOf((await login('second@acme.example', goodPassword, first)).headers);
    t.equal(both.split('.').length, 3);
    await fail(4);
    await fail(4, 'second@acme.example');
    t.equal((await login(email, goodPassword, both)).status, 200);
    t.equal((await login('second@acme.example', goodPassword, both)).status, 200);
  });

  t.test('each further failure waits twice as long, at most fifteen minutes', async (t) => {
    await afresh();
    await fail(4);
    const waits = [await waitOf()];
    for (let at = 0; at < 7; at++) {
      await later(waits.at(-1) as number);
      await fail(1);
      waits.push(await waitOf());
    }
    t.strictSame(
      waits.map((wait) => Math.round(wait / 10) * 10),
      [30, 60, 120, 240, 480, 900, 900, 900],
    );
    await later(900);
    t.equal((await login(email, goodPassword)).status, 200, 'then the owner gets in from anywhere');
    await fail(3);
    t.equal((await login(email, goodPassword)).status, 200, 'and all is forgotten');
  });

  t.test('few failures in a long time slow nobody', async (t) => {
    await afresh();
    for (let at = 0; at < 3; at++) {
      await fail(3);
      await later(901);
    }
    await fail(3);
    t.equal((await login(email, goodPassword)).status, 200);
    await fail(4);
    await later(30 + 901);
    await fail(3);
    t.equal((await login(email, goodPassword)).status, 200, 'nor does an episode that is long over');
  });

  t.test('many at once are no more guesses than one after the other', async (t) => {
    await afresh();
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(email, wrong)));
    const statuses = answers.map(({ status }) => status);
    t.equal(statuses.filter((status) => status === 401).length, 4);
    t.equal(statuses.filter((status) => status === 429).length, 26);
    await later(31);
    const second = await Promise.all(Array.from({ length: 10 }, () => login(email, wrong)));
    t.equal(second.filter(({ status }) => status === 401).length, 1);
  });

  t.test('an address that is nobody’s is answered alike', async (t) => {
    await afresh();
    const answers = async (address: string) => {
      const of = [];
      for (let at = 0; at < 6; at++) of.push(await login(address, wrong));
      return of.map(({ status, body, headers }) => [
        ...[status, body.error.code, headers['retry-after'] === undefined],
        body.error.message.replace(/\d+ s/, 'n s'),
      ]);
    };
    t.strictSame(await answers('nobody@acme.example'), await answers(email));
    const rows = await service.query<{ account: Buffer }>('select account from sign_in_failures');
    t.equal(rows.length, 2);
    t.notOk(JSON.stringify(rows).includes('acme'), 'no address is stored');
  });

  t.test('is audited once an episode, when the account is there', async (t) => {
    await afresh();
    const before = (await audits('identity.account.slowed')).length;
    await fail(4, 'nobody@acme.example');
    await fail(4);
    await Promise.all([tell(), tell(), tell()]);
    await later(31);
    await fail(1);
    await tell();
    const entries = (await audits('identity.account.slowed')).slice(before);
    t.match(entries, [
      {
        ...{ actor: { type: 'system' }, target: { type: 'user', id: ownerId } },
        changes: { failures: { after: 4 }, device: { after: 'unknown' } },
      },
    ]);
    t.equal(entries.length, 1);
    await later(2_000);
    await fail(4);
    await tell();
    t.equal((await audits('identity.account.slowed')).length, before + 2, 'the next episode is another');
    await afresh();
    await fail(3);
    t.equal((await login(email, goodPassword)).status, 200);
    await tell();
    t.equal((await audits('identity.account.slowed')).length, before + 2, 'who got it right is none');
  });

  t.test('what counts no more is removed', async (t) => {
    await afresh();
    await fail(4);
    await tell();
    await fail(1, 'nobody@acme.example');
    await deleteOldFailures(service.service.systemDb, 900);
    t.equal((await service.query('select 1 from sign_in_failures')).length, 2);
    await later(905);
    await deleteOldFailures(service.service.systemDb, 900);
    t.equal(
      (await service.query('select 1 from sign_in_failures')).length,
      1,
      'the one that is slowed stays',
    );
    await later(60);
    await deleteOldFailures(service.service.systemDb, 900);
    t.strictSame(await service.query('select 1 from sign_in_failures'), []);
    await fail(1);
  });

  await isolationTest(t, { ...service, tenantId: mailing.tenantId }, ['sign_in_failures']);
});

t.test('a link that was mailed makes the device known', async (t) => {
  const { service, anyone, work, tokenFor } = await startMailing(t, { SIGN_IN_SLOW_AFTER: 2 });
  const login = (password: string, headers = {}) =>
    anyone.post('/v1/auth/login', { email, password }, headers);
  for (let at = 0; at < 2; at++) await login(wrong);
  t.equal((await login(goodPassword)).status, 429);
  await anyone.post('/v1/auth/password-resets', { email });
  await work();
  const password = 'Another-Horse-8-Staple';
  const answer = await anyone.post('/v1/auth/password-resets/confirm', { token: tokenFor(email), password });
  const device = /stockade_device=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
  t.equal((await login(password, { 'x-stockade-device': device })).status, 200);
  t.equal((await login(password)).status, 429);
  t.ok(service);
});

import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { gateway, goodPassword, makeTenant, start, whoIs } from './service.ts';

t.test('a person sees and ends their own sessions', async (t) => {
  const service = await start(t);
  const { tenantId, ownerId, owner } = await makeTenant(service, 'owner@acme.example');
  await makeTenant(service, 'owner@other.example');

  /** A caller that is signed in with a session of its own. */
  const session = async (email = 'owner@acme.example', userAgent = 'Firefox') => {
    const body = { email, password: goodPassword };
    const headers = { 'user-agent': userAgent, 'x-stockade-client-ip': '192.0.2.7' };
    const answer = await gateway(service).post('/v1/auth/login', body, headers);
    const token = /stockade_session=([^;]*)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
    const { principal } = (await whoIs(service, 'session', token)).body;
    const { tenantId, id: personId, sessionId } = principal;
    return { token, id: sessionId, as: service.as('owner', { tenantId, personId, sessionId } as never) };
  };

  t.test('the list tells where each is and which one asks', async (t) => {
    const first = await session();
    const second = await session('owner@acme.example', 'x'.repeat(1_000));
    await service.query("update sessions set last_seen_at = now() - interval '30 s' where id = $1", [
      first.id,
    ]);
    const { status, body } = await second.as.get('/v1/auth/sessions');
    t.equal(status, 200);
    t.equal(body.nextCursor, null);
    t.match(body.data, [
      { id: second.id, current: true, method: 'password', userAgent: 'x'.repeat(300) },
      { id: first.id, current: false, userAgent: 'Firefox', address: '192.0.2.7' },
    ]);
    t.equal(body.data.length, 2);
    const [newest, oldest] = body.data;
    t.ok(Date.parse(oldest.lastSeenAt) < Date.parse(newest.lastSeenAt) - 20_000);
    t.ok(Date.parse(newest.expiresAt) > Date.parse(newest.createdAt));
    t.notMatch(JSON.stringify(body), second.token);
    const paged = await second.as.get('/v1/auth/sessions?limit=1');
    t.equal(paged.body.data.length, 1);
    const rest = await second.as.get(`/v1/auth/sessions?limit=1&cursor=${paged.body.nextCursor}`);
    t.match(rest.body, { data: [{ id: first.id }], nextCursor: null });
  });

  t.test('what is over is not in it', async (t) => {
    await service.query('update sessions set ended_at = now()');
    const idle = await session();
    await service.query("update sessions set last_seen_at = now() - interval '61 minutes' where id = $1", [
      idle.id,
    ]);
    const expired = await session();
    await service.query('update sessions set expires_at = now() where id = $1', [expired.id]);
    const good = await session();
    const { body } = await good.as.get('/v1/auth/sessions');
    t.strictSame(
      body.data.map(({ id }: { id: string }) => id),
      [good.id],
    );
  });

  t.test('one is ended at once, and once', async (t) => {
    const mine = await session();
    const lost = await session();
    const url = `/v1/auth/sessions/${lost.id}`;
    const answers = await Promise.all([mine.as.delete(url), mine.as.delete(url)]);
    t.strictSame(answers.map(({ status }) => status).sort(), [204, 404], 'of two at once one has ended it');
    const done = answers.find(({ status }) => status === 204);
    t.strictSame(JSON.parse(String(done?.headers['x-stockade-revoked'])), { sessionId: lost.id });
    t.equal((await whoIs(service, 'session', lost.token)).status, 401);
    t.equal((await whoIs(service, 'session', mine.token)).status, 200);
    const entries = (await service.outbox('audit.entry-recorded.v1')).filter(
      ({ payload }) => payload.action === 'identity.session.end' && payload.target.id === lost.id,
    );
    t.equal(entries.length, 1);
    t.equal(entries[0]?.payload.actor.id, ownerId);
  });

  t.test("nobody else's", async (t) => {
    const colleague = await owner.post('/v1/identity/users', {
      email: 'colleague@acme.example',
      name: 'C',
      role: 'viewer',
      password: goodPassword,
    });
    const theirs = await session('colleague@acme.example');
    const stranger = await session('owner@other.example');
    const mine = await session();
    const { body } = await mine.as.get('/v1/auth/sessions');
    t.notMatch(JSON.stringify(body), theirs.id);
    for (const { id, token } of [theirs, stranger]) {
      t.equal((await mine.as.delete(`/v1/auth/sessions/${id}`)).status, 404);
      t.equal((await whoIs(service, 'session', token)).status, 200);
    }
    t.equal((await mine.as.delete('/v1/auth/sessions/0190a0a0-0000-7000-8000-000000000000')).status, 404);
    t.equal((await mine.as.delete('/v1/auth/sessions/nonsense')).status, 400);
    const key = service.as('owner', { tenantId, personId: ownerId, type: 'api_key' });
    t.equal((await key.get('/v1/auth/sessions')).status, 403, 'a key has none');
    t.equal((await key.delete(`/v1/auth/sessions/${mine.id}`)).status, 403);
    t.equal(
      (await service.as('viewer', { tenantId, personId: colleague.body.id }).get('/v1/auth/sessions')).status,
      200,
    );
  });

  await isolationTest(t, { ...service, tenantId }, ['sessions']);
});

import { siemStreamOperations } from '@stockade/contracts/audit';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { isWanted, retryAfterMs } from '../../src/siem-streams/rules.ts';
import { start } from '../setup.ts';

const path = '/v1/audit/siem-streams';

t.test('SIEM streams', async (t) => {
  const service = await start(t);
  const admin = service.as('admin');
  const body = { name: 'Splunk', url: 'https://siem.example/services/collector?token=s3cret' };

  t.test('a stream is made, changed and ended; each step is an entry without secrets', async (t) => {
    const made = await admin.post(path, { ...body, actions: ['identity'] }, { 'idempotency-key': 'k-1' });
    t.equal(made.status, 201);
    t.match(made.body, {
      ...{ ...body, actions: ['identity'], status: 'active', pausedBy: null, delivered: 0, failures: 0 },
      secret: /^whsec_/,
    });
    const again = await admin.post(path, { ...body, actions: ['identity'] }, { 'idempotency-key': 'k-1' });
    t.equal(again.body.id, made.body.id);
    t.notOk('secret' in again.body, 'it is shown once');
    const one = `${path}/${made.body.id}`;
    t.notOk('secret' in (await admin.get(one)).body);
    t.equal((await admin.get(path)).body.data.length, 1);
    t.equal((await admin.post(path, body)).status, 409, 'the name is taken');
    t.equal((await admin.patch(one, { name: 'Other' }, { 'if-match': '"9"' })).status, 412);
    const paused = await admin.patch(one, { active: false, actions: [] });
    t.match(paused.body, { status: 'paused', pausedBy: 'person', actions: [], version: 2 });
    t.equal((await admin.patch(one, { active: true })).body.status, 'active');
    t.equal((await admin.delete(one)).status, 204);
    t.equal((await admin.get(one)).status, 404);
    const told = (await service.outbox('audit.entry-recorded.v1')).map(({ payload }) => payload);
    t.strictSame(
      told.map(({ action }) => action),
      ['create', 'update', 'update', 'delete'].map((verb) => `audit.siem-stream.${verb}`),
    );
    t.match(told[0]?.changes, { url: { after: 'https://siem.example/services/collector?…' } });
    t.notMatch(JSON.stringify(told), /whsec_|s3cret/);
  });

  t.test('bad input', async (t) => {
    for (const url of [
      ...[
        'http://siem.example/',
        'ftp://siem.example/',
        'https://user:pass@siem.example/',
        'siem.example',
        '',
      ],
      ...[
        'https://127.0.0.1/',
        'https://127.1/',
        'https://0x7f000001/',
        'https://[::1]/',
        'https://10.0.0.1/',
      ],
      ...['https://169.254.169.254/latest/meta-data/', 'https://[fd00::1]/', 'https://[::ffff:10.0.0.1]/'],
    ])
      t.equal((await admin.post(path, { ...body, url })).status, 400, url);
    for (const bad of [
      { name: '' },
      { actions: ['Identity'] },
      { actions: 'identity' },
      { from: 'then' },
      { secret: 'x' },
    ])
      t.equal((await admin.post(path, { ...body, ...bad })).status, 400, JSON.stringify(bad));
    const { body: made } = await admin.post(path, body);
    const one = `${path}/${made.id}`;
    for (const bad of [{}, { url: 'http://siem.example/' }, { active: 'yes' }, { delivered: 0 }])
      t.equal((await admin.patch(one, bad)).status, 400, JSON.stringify(bad));
    t.equal((await admin.post(`${one}/rotate-secret`, { overlapHours: 721 })).status, 400);
    t.equal((await admin.get(`${path}/nonsense`)).status, 400);
  });

  t.test('who may', async (t) => {
    const { body: made } = await admin.post(path, { ...body, name: 'Mine' });
    const one = `${path}/${made.id}`;
    t.equal((await service.as('auditor').get(one)).status, 200);
    for (const role of ['auditor', 'manager', 'operator', 'viewer'] as const) {
      t.equal((await service.as(role).post(path, body)).status, 403);
      t.equal((await service.as(role).patch(one, { active: false })).status, 403);
      t.equal((await service.as(role).post(`${one}/rotate-secret`)).status, 403);
      t.equal((await service.as(role).delete(one)).status, 403);
    }
    t.equal((await service.as('viewer').get(one)).status, 403);
    const stranger = service.as('owner', { tenantId: newId() });
    t.equal((await stranger.get(one)).status, 404);
    t.equal((await stranger.patch(one, { active: false })).status, 404);
    t.equal((await stranger.post(`${one}/rotate-secret`)).status, 404);
    t.equal((await stranger.delete(one)).status, 404);
    t.equal(siemStreamOperations.length, 6);
  });

  t.test('five at most, also when several are made at once', async (t) => {
    const owner = service.as('owner', { tenantId: newId() });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => owner.post(path, { ...body, name: `Stream ${at}` })),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [201, 201, 201, 201, 201, 409, 409, 409]);
  });

  await isolationTest(t, service, ['siem_streams']);
});

t.test('the filter takes whole words', async (t) => {
  t.ok(isWanted('identity.user.create', []));
  t.ok(isWanted('identity.user.create', ['purchasing', 'identity.user']));
  t.ok(isWanted('identity.user.create', ['identity.user.create']));
  t.notOk(isWanted('identity.users.create', ['identity.user']));
  t.notOk(isWanted('identity.user.create', ['purchasing']));
});

t.test('waits double up to ten minutes, half of each by chance', async (t) => {
  t.strictSame(
    [1, 2, 3, 11, 60].map((failures) => retryAfterMs(failures, null, 1)),
    [1_000, 2_000, 4_000, 600_000, 600_000],
  );
  t.equal(retryAfterMs(3, null, 0), 2_000);
  t.equal(retryAfterMs(1, 30, 1), 30_000);
  t.equal(retryAfterMs(1, 1e9, 1), 3_600_000, 'a receiver cannot put it off for ever');
});

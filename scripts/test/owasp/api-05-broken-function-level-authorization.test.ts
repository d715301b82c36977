import { isPublic, type Role, roles } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { Person } from '../../demo/http.ts';
import { json, request, startPlatform } from './platform.ts';

// Which role may call which operation is walked by gateway/test/access.test.ts; here are the ways around it.
const platform = await startPlatform(t);
const { url, owner, key, operator } = platform;
const users = '/v1/identity/users';

async function signedIn(role: Role) {
  const person = await platform.newPerson(role);
  return { ...person, session: await Person.signIn(url, person.email, person.password) };
}

t.test('nobody lifts himself or others up: roles', async (t) => {
  for (const role of roles.filter((role) => role !== 'owner')) {
    const { id, session } = await signedIn(role);
    for (const wanted of ['owner', 'admin'] as const) {
      if (wanted === role) continue;
      const { status } = await session.call('PATCH', `${users}/${id}`, { body: { role: wanted } });
      t.equal(status, 403, `${role} makes himself ${wanted}`);
      const made = await session.call('POST', users, {
        body: {
          email: `${role}-${wanted}@up.example`,
          name: 'Up',
          role: wanted,
          password: 'Correct-horse-battery-1',
        },
      });
      t.equal(made.status, 403, `${role} makes a new ${wanted}`);
    }
    const target = owner.user.id;
    const taken = await session.call('PATCH', `${users}/${target}`, {
      body: { password: 'Taken-over-by-me-1' },
    });
    t.equal(taken.status, 403, `${role} sets the owner's password`);
    t.equal((await session.call('DELETE', `${users}/${target}`)).status, 403, `${role} removes the owner`);
  }
  const last = await owner.call('PATCH', `${users}/${owner.user.id}`, { body: { role: 'viewer' } });
  t.equal(last.status, 409, 'the last owner stays one');
});

t.test('nobody gives away more than he has: scopes of keys', async (t) => {
  const { session } = await signedIn('admin');
  t.equal(
    (await session.call('POST', '/v1/identity/api-keys', { body: { name: 'k', scopes: ['identity:write'] } }))
      .status,
    201,
  );
  const narrow = await platform.newKey(['identity:write']);
  for (const scope of ['inventory:write', 'purchasing:approve', 'audit:read']) {
    const { status } = await request(
      `${url}/v1/identity/api-keys`,
      'POST',
      { ...json, ...narrow },
      JSON.stringify({ name: 'More', scopes: [scope] }),
    );
    t.equal(status, 403, `a key without ${scope} makes one with it`);
  }
  const strong = await owner.post('/v1/identity/api-keys', {
    name: 'Strong',
    scopes: ['inventory:write', 'identity:write'],
  });
  const rotated = await request(`${url}/v1/identity/api-keys/${strong.id}/rotate`, 'POST', {
    authorization: narrow.authorization,
  });
  t.equal(rotated.status, 403, 'rotating a stronger key is no way to get one');
  for (const scope of ['*', 'admin', 'operator', 'internal', 'identity:*'])
    t.equal(
      (await owner.call('POST', '/v1/identity/api-keys', { body: { name: 'x', scopes: [scope] } })).status,
      400,
      scope,
    );
  const wide = await platform.newKey(['identity:write', 'identity:read']);
  const made = await request(
    `${url}${users}`,
    'POST',
    { ...json, authorization: wide.authorization },
    JSON.stringify({
      email: 'key@up.example',
      name: 'Up',
      role: 'owner',
      password: 'Correct-horse-battery-1',
    }),
  );
  t.equal(made.status, 403, 'no key makes an owner');
});

t.test('a demotion takes what was made before along', async (t) => {
  const { id, session } = await signedIn('admin');
  const made = await session.post('/v1/identity/api-keys', {
    name: 'Before',
    scopes: ['identity:write', 'inventory:read'],
  });
  const authorization = `Bearer ${made.key}`;
  const create = () =>
    request(
      `${url}/v1/identity/api-keys`,
      'POST',
      { ...json, authorization },
      '{"name":"x","scopes":["inventory:read"]}',
    );
  t.equal((await create()).status, 201);
  await owner.call('PATCH', `${users}/${id}`, { body: { role: 'viewer' } });
  t.equal((await create()).status, 403, 'the key can do no more than who made it');
  t.equal((await request(`${url}/v1/inventory/items`, 'GET', { authorization })).status, 200);
  await owner.call('DELETE', `${users}/${id}`);
  t.equal(
    (await request(`${url}/v1/inventory/items`, 'GET', { authorization })).status,
    401,
    'nor live longer',
  );
});

t.test("the operator's calls are for the operator, whatever a tenant's owner sends along", async (t) => {
  for (const { method, path } of allOperations.filter((one) => one.access === 'operator' && isPublic(one))) {
    const filled = path.replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-000000000000');
    const { status } = await request(`${url}${filled}`, method, {
      ...key,
      ...{
        'x-role': 'operator',
        'x-admin': 'true',
        'x-user-type': 'operator',
        'x-original-user': 'operator',
      },
    });
    t.equal(status, 403, `${method} ${path}`);
  }
  t.equal(
    (await request(`${url}/v1/inventory/items`, 'GET', operator)).status,
    403,
    'and he sees nothing of a tenant',
  );
});

t.test('what is internal cannot be reached, however it is written', async (t) => {
  const internal = allOperations.filter((one) => !isPublic(one));
  t.ok(internal.length > 0);
  for (const { method, path } of internal) {
    const bare = path.replaceAll(/:\w+/g, 'x').slice(1);
    for (const written of [
      bare,
      `/${bare}`,
      `v1/../${bare}`,
      `v1/%2e%2e/${bare}`,
      `./${bare}`,
      `%2f${bare}`,
      bare.toUpperCase(),
      bare.replace('/', '%2f'),
      bare.replace('/', '//'),
      bare.replace('/', ';/'),
      `v1/inventory/../../${bare}`,
      `v1/identity/${bare}`,
    ]) {
      const { status } = await request(
        `${url}/${written}`,
        method,
        { ...operator, ...json },
        method === 'GET' ? undefined : '{}',
      );
      t.ok([400, 404, 405].includes(status), `${method} /${written}: ${status}`);
    }
  }
});

t.test('the method cannot be spoken around', async (t) => {
  const reader = await platform.newKey(['inventory:read']);
  const site = await owner.post('/v1/inventory/sites', { code: 'METHOD', name: 'Before' });
  const path = `${url}/v1/inventory/sites/${site.id}`;
  for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
    await request(path, 'GET', { authorization: reader.authorization, [name]: 'PATCH' });
    await request(
      `${url}/v1/inventory/sites`,
      'POST',
      { authorization: reader.authorization, ...json, [name]: 'GET' },
      '{}',
    );
  }
  await request(`${path}?_method=PATCH`, 'GET', { authorization: reader.authorization });
  for (const method of ['PATCH', 'patch'])
    t.ok(
      [400, 403].includes(
        (
          await request(
            path,
            method,
            { authorization: reader.authorization, ...json },
            '{"name":"After"}',
          ).catch(() => ({ status: 400 }))
        ).status,
      ),
      method,
    );
  const head = await request(path, 'HEAD', { authorization: 'Bearer stk_live_none' });
  t.equal(head.status, 401, 'HEAD needs what GET needs');
  t.equal((await owner.get(`/v1/inventory/sites/${site.id}`)).name, 'Before');
});

t.test('paths that another reader takes for another: the same guard stands before all of them', async (t) => {
  const viewer = await signedIn('viewer');
  for (const path of [
    '/v1/identity/users/',
    '/v1//identity/users',
    '/v1/identity/users%2f',
    '/v1/identity/./users',
    '/v1/inventory/../identity/users',
    '/V1/identity/users',
    '/v1/identity/users;x=1',
    '/v1/identity/users.json',
    '/v1/identity/users%00',
    '/v1/identity/%75sers',
  ]) {
    const { status, body } = await viewer.session.call('GET', path);
    t.ok([400, 403, 404, 405].includes(status), `${path}: ${status}`);
    t.notOk(body?.data, 'nothing is shown');
  }
});

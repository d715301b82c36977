import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Operation, principalHeader, type ServiceName, services } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import { newId } from '@stockade/database';
import { testKeys, userPrincipal } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import pg from 'pg';
import t from 'tap';
import { databaseUrl } from '../../laws/database-url.ts';

// Calls that go past the gateway, straight to a service, as from a machine inside the network.
const stack = await startStack(t, { PRINCIPAL_PRIVATE_KEY: testKeys.privateKey });
const client = new pg.Client(stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home })));
await client.connect();
t.teardown(() => client.end());

const ours = createPrivateKey(Buffer.from(testKeys.privateKey, 'base64').toString());
const theirs = generateKeyPairSync('ed25519').privateKey;
const publicPem = Buffer.from(testKeys.publicKey, 'base64');
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1_000);

interface Claims {
  iss?: string;
  aud?: string | undefined;
  iat?: number | undefined;
  exp?: number | undefined;
  nbf?: number;
  principal?: unknown;
}

const owner = userPrincipal(stack.credentials.tenantId, 'owner');

/** What the gateway would say of an owner, with changes. */
const claimsFor = (aud: ServiceName, changes: Claims = {}): Claims => {
  const issued = Math.floor(Date.now() / 1_000);
  return {
    ...{ iss: 'stockade-gateway', aud, iat: issued, exp: issued + 60, principal: owner },
    ...changes,
  };
};

const signed = (claims: Claims, key: KeyObject = ours, header: object = { alg: 'EdDSA' }) => {
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`;
};

/** The public key as an HMAC secret: a verifier that believes the header's algorithm accepts it. */
const confused = (claims: Claims) => {
  const content = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', publicPem).update(content).digest('base64url')}`;
};

/** Takes a good token and gives its owner another tenant, without being able to sign that. */
const altered = (aud: ServiceName) => {
  const [header, , signature] = signed(claimsFor(aud)).split('.');
  return `${header}.${encode(claimsFor(aud, { principal: { ...owner, tenantId: newId() } }))}.${signature}`;
};

const tokens: Record<string, (aud: ServiceName) => string | undefined> = {
  missing: () => undefined,
  empty: () => '',
  'no token': () => 'owner',
  "signed with another's key": (aud) => signed(claimsFor(aud), theirs),
  'alg none': (aud) => `${encode({ alg: 'none' })}.${encode(claimsFor(aud))}.`,
  'alg None, with a signature': (aud) => signed(claimsFor(aud), ours, { alg: 'None' }),
  'the public key as a secret': (aud) => confused(claimsFor(aud)),
  'a key in its own header': (aud) =>
    signed(claimsFor(aud), theirs, { alg: 'EdDSA', jwk: theirs.export({ format: 'jwk' }) }),
  'a critical header that nobody knows': (aud) =>
    signed(claimsFor(aud), ours, { alg: 'EdDSA', crit: ['x'], x: 1 }),
  expired: (aud) => signed(claimsFor(aud, { iat: now - 120, exp: now - 60 })),
  'not yet': (aud) => signed(claimsFor(aud, { nbf: now + 3_600 })),
  'issued in the future': (aud) => signed(claimsFor(aud, { iat: now + 3_600, exp: now + 3_660 })),
  'good for an hour': (aud) => signed(claimsFor(aud, { exp: now + 3_600 })),
  'without an end': (aud) => signed(claimsFor(aud, { exp: undefined })),
  'without a beginning': (aud) => signed(claimsFor(aud, { iat: undefined })),
  'for another service': (aud) =>
    signed(claimsFor(services.find((service) => service !== aud) as ServiceName)),
  'for nobody': (aud) => signed(claimsFor(aud, { aud: undefined })),
  'from another issuer': (aud) => signed(claimsFor(aud, { iss: 'elsewhere' })),
  altered,
  'without its signature': (aud) => signed(claimsFor(aud)).replace(/[^.]+$/, ''),
  'of nobody': (aud) => signed(claimsFor(aud, { principal: undefined })),
  'of a kind that is none': (aud) => signed(claimsFor(aud, { principal: { ...owner, type: 'root' } })),
  'with a scope that is none': (aud) =>
    signed(claimsFor(aud, { principal: { ...owner, scopes: ['everything'] } })),
  'twice in one header': (aud) => `${signed(claimsFor(aud))}, ${signed(claimsFor(aud))}`,
};

const nobodysId = '0190a0a0-0000-7000-8000-000000000000';

async function call({ method, path, service }: Operation, token: string | undefined) {
  const { port } = await stack.process(service);
  return fetch(`http://127.0.0.1:${port}${path.replaceAll(/:\w+/g, nobodysId)}`, {
    method,
    headers: token === undefined ? {} : { [principalHeader]: token },
  });
}

/** How many events and entries every service has told so far, besides those of the refusals themselves. */
async function told(): Promise<string> {
  const { rows: tables } = await client.query(
    "select table_schema as schema from information_schema.tables where table_name = 'outbox' order by 1",
  );
  if (tables.length < 4) throw new Error('The outboxes were not found');
  const counts = tables.map(
    ({ schema }) =>
      `select '${schema}' as s, count(*) as n from ${schema}.outbox where payload::text not like '%platform.principal.refused%'`,
  );
  return JSON.stringify((await client.query(`${counts.join(' union all ')} order by 1`)).rows);
}

const operations = allOperations.filter(({ service }) => service !== 'gateway');
const before = await told();

for (const [what, make] of Object.entries(tokens)) {
  t.test(`a principal that is ${what}: 401 from every operation of every service`, async (t) => {
    const wrong = await Promise.all(
      operations.map(async (operation) => {
        const answer = await call(operation, make(operation.service as ServiceName));
        const { error } = (await answer.json().catch(() => ({}))) as { error?: { code?: string } };
        const isRight = answer.status === 401 && error?.code === 'UNAUTHENTICATED';
        return isRight ? [] : [`${operation.id}: ${answer.status} ${error?.code}`];
      }),
    );
    t.strictSame(wrong.flat(), []);
  });
}

t.test('what no credential of a service may name: other headers let nobody in', async (t) => {
  const inventory = `http://127.0.0.1:${(await stack.process('inventory')).port}/v1/inventory/items`;
  const { apiKey } = stack.credentials;
  for (const headers of [
    { authorization: `Bearer ${apiKey}` },
    { authorization: `Bearer ${signed(claimsFor('inventory'))}` },
    { cookie: `stockade_session=${apiKey}` },
    { cookie: `${principalHeader}=${signed(claimsFor('inventory'))}` },
    { 'x-forwarded-user': 'owner', 'x-stockade-client-ip': '127.0.0.1' },
  ])
    t.equal((await fetch(inventory, { headers: headers as never })).status, 401, Object.keys(headers).join());
});

t.test('nothing was changed by any of them, and a good one is let in', async (t) => {
  t.equal(await told(), before);
  for (const operation of operations.filter(
    ({ method, access }) => method === 'GET' && access !== 'operator',
  ))
    t.not(
      (await call(operation, signed(claimsFor(operation.service as ServiceName)))).status,
      401,
      operation.id,
    );
});

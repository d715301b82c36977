import type { Operation } from '@stockade/contracts';
import t from 'tap';
import { inside, request } from './platform.ts';
import { branchOf, fieldsOf, type Schema, sampleOf, toSchema } from './samples.ts';
import { idsOf, startWorld, tenantOperations } from './world.ts';

const world = await startWorld(t);
const { url, own, other, stack } = world;
const ids = idsOf(own);
const headers = { authorization: `Bearer ${stack.credentials.apiKey}`, 'content-type': 'application/json' };

async function goodBody(operation: Operation): Promise<Record<string, unknown>> {
  const named = new Map<string, string>();
  for (const { name, schema } of fieldsOf(toSchema(operation.body)))
    if (schema.format === 'uuid') named.set(name, await ids.of(name));
  return sampleOf(
    operation.body ? toSchema(operation.body) : { type: 'object' },
    '',
    (field) => named.get(field) ?? '',
  ) as Record<string, unknown>;
}

/** What an answer of any operation shows: the server's to set wherever the request does not name it. */
function shownFields(schema: Schema, found = new Map<string, Schema>()): Map<string, Schema> {
  const branch = branchOf(schema);
  if (branch.items) shownFields(branch.items, found);
  for (const [name, property] of Object.entries(branch.properties ?? {})) {
    found.set(name, property);
    shownFields(property, found);
  }
  return found;
}

/** Columns, and what other frameworks bind without being asked. */
const hidden = [
  'tenant_id',
  'tenantId',
  'isAdmin',
  'admin',
  'owner',
  'passwordHash',
  'password_hash',
  'key_hash',
  'scopes',
  'role',
  '_id',
  'constructor',
  'prototype',
];

const changes = tenantOperations.filter(
  ({ method, consumes, id }) =>
    ['POST', 'PATCH', 'PUT'].includes(method) && !consumes && id !== 'rotateApiKey',
);

t.test('mass assignment: every server-side field in every body is refused by name', async (t) => {
  const shown = new Map<string, Schema>();
  for (const { responses } of tenantOperations)
    for (const response of Object.values(responses)) shownFields(toSchema(response), shown);
  t.ok(shown.size > 100, `${shown.size} fields are shown by answers`);
  const wrong: string[] = [];
  let tried = 0;
  for (const operation of changes) {
    const [path = ''] = await ids.paths(operation.path);
    const good = await goodBody(operation);
    const known = new Set(Object.keys(branchOf(toSchema(operation.body)).properties ?? {}));
    const own = shownFields({ anyOf: Object.values(operation.responses).map(toSchema) });
    // What this answer shows, one by one; everything else at once.
    const each = [...own.keys(), ...hidden].filter((name) => !known.has(name));
    for (const name of each) {
      tried++;
      const body = JSON.stringify({
        ...good,
        [name]: sampleOf(shown.get(name) ?? { type: 'string' }, name, () => other.id),
      });
      const { status, body: answer, text } = await request(`${url}${path}`, operation.method, headers, body);
      const named = (answer?.error?.details?.errors ?? []).some(
        (one: { path: string }) => one.path === `/${name}`,
      );
      if (status !== 400 || !named) wrong.push(`${operation.id} +${name}: ${status} ${text.slice(0, 160)}`);
    }
    const rest = [...shown.keys()].filter((name) => !known.has(name));
    const everything = { ...good, ...Object.fromEntries(rest.map((name) => [name, 'x'])) };
    const { status } = await request(`${url}${path}`, operation.method, headers, JSON.stringify(everything));
    if (status !== 400) wrong.push(`${operation.id} with everything: ${status}`);
  }
  t.strictSame(wrong, []);
  t.ok(tried > 500, `${tried} fields in ${changes.length} operations`);
});

t.test('what nobody may set stays what it was', async (t) => {
  const before = await own.owner.get(`/v1/inventory/items/${own.item.id}`);
  for (const change of [
    { tenantId: other.id },
    { id: other.id },
    { version: 99 },
    { createdAt: '2020-01-01T00:00:00Z' },
  ]) {
    const { status } = await own.owner.call('PATCH', `/v1/inventory/items/${own.item.id}`, {
      body: { name: 'Taken', ...change },
    });
    t.equal(status, 400, Object.keys(change).join());
  }
  t.strictSame(await own.owner.get(`/v1/inventory/items/${own.item.id}`), before);
  const user = await own.owner.get('/v1/auth/session');
  t.equal(user.tenant.id, own.id);
});

/** What is in an answer without being in its schema. */
function undocumented(value: unknown, given: Schema | undefined, where = ''): string[] {
  if (!given || typeof value !== 'object' || value === null) return [];
  const branches = given.anyOf ?? [given];
  if (Array.isArray(value)) {
    const items = branches.find(({ items }) => items)?.items;
    return value.flatMap((one) => undocumented(one, items, `${where}[]`));
  }
  const described = branches.filter(({ properties }) => properties);
  // A map from names that callers give has none of its own.
  if (described.length === 0) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const property = described.map(({ properties }) => properties?.[name]).find(Boolean);
    return property ? undocumented(part, property, `${where}.${name}`) : [`${where}.${name}`];
  });
}

t.test('excessive data: no answer shows a field that its schema does not name, nor a secret', async (t) => {
  const wrong: string[] = [];
  let looked = 0;
  const secrets = [stack.credentials.password, stack.credentials.apiKey, stack.credentials.operatorKey];
  for (const operation of tenantOperations.filter(({ method, produces }) => method === 'GET' && !produces)) {
    for (const path of (await ids.paths(operation.path)).slice(0, 5)) {
      const { status, body, text } = await request(`${url}${path}`, 'GET', headers);
      if (status !== 200) continue;
      looked++;
      const schema = toSchema(operation.responses[200]);
      for (const where of new Set(undocumented(body, schema))) wrong.push(`${operation.id}${where}`);
      const found = inside.exec(text)?.[0] ?? secrets.find((secret) => text.includes(secret));
      if (found) wrong.push(`${operation.id} tells ${found}`);
    }
  }
  t.strictSame(wrong, []);
  t.ok(looked > 60, `${looked} answers`);
});

t.test('secrets are shown when they are made, and never again', async (t) => {
  const made = await own.owner.post('/v1/identity/api-keys', { name: 'Once', scopes: ['inventory:read'] });
  t.match(made.key, /^stk_/);
  for (const path of [
    '/v1/identity/api-keys',
    `/v1/identity/api-keys/${made.id}`,
    '/v1/audit/entries?limit=1000',
  ])
    t.notOk(JSON.stringify(await own.owner.get(path)).includes(made.key), path);
  const source = await own.owner.post('/v1/mail/sources', { kind: 'webhook', name: 'Once', webhook: {} });
  t.ok(source.secret);
  for (const path of [`/v1/mail/sources/${source.id}`, '/v1/mail/sources', '/v1/audit/entries?limit=1000'])
    t.notOk(JSON.stringify(await own.owner.get(path)).includes(source.secret), path);
});

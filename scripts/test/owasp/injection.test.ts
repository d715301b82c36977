import type { Operation } from '@stockade/contracts';
import t from 'tap';
import { inside, request } from './platform.ts';
import { type Field, fieldsOf, sampleOf, toSchema, withValue } from './samples.ts';
import { idsOf, startWorld, tenantOperations } from './world.ts';

const world = await startWorld(t);
const { url, own, stack } = world;
const ids = idsOf(own);
const headers = { authorization: `Bearer ${stack.credentials.apiKey}` };

/** What ends a text, a list or a statement in SQL; what waits shows by the time that it takes. */
const sql = [
  "' or '1'='1",
  "'; select pg_sleep(20); --",
  "' || (select pg_sleep(20)) || '",
  '1) union select version() --',
  '$$; drop table items; $$',
  "\\'; select pg_sleep(20); --",
];
/** What other interpreters take for more than a text. */
const others = [
  '{"$gt":""}',
  '{"$where":"sleep(20000)"}',
  '*)(uid=*))(|(uid=*',
  '$(sleep 20)',
  '`sleep 20`',
  '; sleep 20 #',
  '\r\nX-Injected: 1',
  '{{7777*7777}}<%= 7777*7777 %>',
  '%s%n%x',
  '../../../../etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
];
/** Operators of document databases, where a text is expected. */
const operators: unknown[] = [
  { $gt: '' },
  { $ne: null },
  [{ $where: '1' }],
  { length: 1 },
  { toString: 'x' },
];

/** Longer than any answer takes on a busy machine, shorter than what the attack waits. */
const sleeps = 15_000;

async function goodBody(operation: Operation): Promise<unknown> {
  if (!operation.body) return undefined;
  const named = new Map<string, string>();
  for (const { name, schema } of fieldsOf(toSchema(operation.body)))
    if (schema.format === 'uuid') named.set(name, await ids.of(name));
  return sampleOf(toSchema(operation.body), '', (field) => named.get(field) ?? '');
}

/** What is wrong with the answer to an attack; null when it is harmless. */
async function attack(operation: Operation, path: string, body?: unknown): Promise<string | null> {
  const started = performance.now();
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const {
    status,
    text,
    headers: answered,
  } = await request(`${url}${path}`, operation.method, { ...headers, ...type }, sent);
  const what = `${operation.id} ${path} ${sent ?? ''}`;
  if (status >= 500) return `${what}: ${status} ${text}`;
  // What was sent may be told again; what was not must come from the inside.
  const told = [decodeURIComponent(path), sent ?? ''].join(' ');
  const found = inside.exec(text)?.[0];
  if (found !== undefined && !told.includes(found)) return `${what}: tells ${found}`;
  if (text.includes('root:x:') || answered.has('x-injected')) return `${what}: went through`;
  if (text.includes('60481729')) return `${what}: was worked out`;
  if (performance.now() - started > sleeps && sent?.includes('sleep'))
    return `${what}: took ${performance.now() - started} ms`;
  return null;
}

/** So many at once: a machine with two cores answers them all within the time. */
async function all(attacks: (() => Promise<string | null>)[]): Promise<string[]> {
  const wrong: string[] = [];
  const next = attacks.values();
  const work = async () => {
    for (const one of next) {
      const complaint = await one();
      if (complaint) wrong.push(complaint);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return wrong;
}

/** Nothing that ends what the attacks themselves need. */
const attacked = tenantOperations.filter(
  ({ id, method }) => method !== 'DELETE' && !['logout', 'rotateApiKey'].includes(id),
);
const rows = async () =>
  world.query('select count(*)::int as n from inventory.items where tenant_id = $1', [world.other.id]);
const before = await rows();

t.test('SQL and other injections in every query parameter', async (t) => {
  const attacks: (() => Promise<string | null>)[] = [];
  for (const operation of attacked) {
    const { properties = {} } = toSchema(operation.query);
    const [path = ''] = await ids.paths(operation.path);
    for (const name of Object.keys(properties)) {
      for (const payload of [...sql, ...others])
        attacks.push(() => attack(operation, `${path}?${new URLSearchParams({ [name]: payload })}`));
      // Brackets make objects and lists of parameters in other frameworks.
      for (const form of [`${name}[$gt]`, `${name}[]`, `${name}[__proto__][x]`])
        attacks.push(() => attack(operation, `${path}?${new URLSearchParams({ [form]: '1' })}`));
    }
    attacks.push(() => attack(operation, `${path}?${encodeURIComponent(sql[0] as string)}=1`));
  }
  t.ok(attacks.length > 3_000, `${attacks.length} attacks`);
  t.strictSame(await all(attacks), []);
});

t.test('SQL and other injections in every part of a path', async (t) => {
  const attacks: (() => Promise<string | null>)[] = [];
  for (const operation of attacked.filter(({ path }) => path.includes('/:')))
    for (const payload of [...sql, ...others]) {
      const path = operation.path.replaceAll(/:\w+/g, encodeURIComponent(payload));
      attacks.push(() => attack(operation, path));
    }
  t.ok(attacks.length > 500, `${attacks.length} attacks`);
  t.strictSame(await all(attacks), []);
});

t.test('SQL and other injections in every field of every body', async (t) => {
  const attacks: (() => Promise<string | null>)[] = [];
  const isText = ({ schema }: Field) => schema.type === 'string' && schema.format !== 'uuid' && !schema.enum;
  for (const operation of attacked) {
    if (!operation.body) continue;
    const [path = ''] = await ids.paths(operation.path);
    const good = await goodBody(operation);
    for (const field of fieldsOf(toSchema(operation.body))) {
      // Free texts get all of them; what has a form is refused by it.
      const payloads =
        isText(field) && !field.schema.pattern?.startsWith('^') ? [...sql, ...others] : sql.slice(0, 2);
      for (const payload of [...payloads, ...operators])
        attacks.push(() => attack(operation, path, withValue(good, field.path, payload)));
    }
  }
  t.ok(attacks.length > 1_500, `${attacks.length} attacks`);
  t.strictSame(await all(attacks), []);
});

t.test('where an object is sent for a text it is refused by its type', async (t) => {
  const wrong: string[] = [];
  for (const operation of attacked) {
    if (!operation.body) continue;
    const [path = ''] = await ids.paths(operation.path);
    const good = await goodBody(operation);
    for (const field of fieldsOf(toSchema(operation.body))) {
      if (field.schema.type !== 'string') continue;
      const body = JSON.stringify(withValue(good, field.path, { $ne: null }));
      const { status } = await request(
        `${url}${path}`,
        operation.method,
        { ...headers, 'content-type': 'application/json' },
        body,
      );
      if (status !== 400) wrong.push(`${operation.id} ${field.path.join('/')}: ${status}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test('signing in with operators and statements', async (t) => {
  const login = (body: unknown) =>
    request(`${url}/v1/auth/login`, 'POST', { 'content-type': 'application/json' }, JSON.stringify(body));
  for (const payload of [...sql, ...others, ...operators]) {
    for (const body of [
      { email: payload, password: 'x' },
      { email: own.email, password: payload },
    ]) {
      const { status, text } = await login(body);
      t.ok(status === 400 || status === 401, `${JSON.stringify(body)}: ${status}`);
      t.notMatch(text, inside);
    }
  }
});

t.test('texts are kept as they came and are nothing else', async (t) => {
  for (const name of [...sql, ...others].filter((text) => !text.includes('\r'))) {
    const site = await own.owner.post('/v1/inventory/sites', {
      code: `S${Math.random().toString(36).slice(2, 10)}`,
      name,
    });
    t.equal((await own.owner.get(`/v1/inventory/sites/${site.id}`)).name, name);
  }
  const percent = await own.owner.get('/v1/inventory/items?search=%25%25%25');
  t.strictSame(percent.data, [], 'a wildcard that is looked for is a character');
  const underscore = await own.owner.get('/v1/inventory/items?search=___');
  t.strictSame(underscore.data, []);
});

t.test('nothing is gone, and the other tenant has what it had', async (t) => {
  t.strictSame(await rows(), before);
  t.ok((await own.owner.get('/v1/inventory/items')).data.length > 0);
});

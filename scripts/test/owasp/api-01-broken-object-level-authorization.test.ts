import type { Operation } from '@stockade/contracts';
import t from 'tap';
import { Person, until } from '../../demo/http.ts';
import { fieldsOf, sampleOf, toSchema, withValue } from './samples.ts';
import { idsOf, startWorld, type Tenant, tenantOperations } from './world.ts';

const world = await startWorld(t);
const { url, own, other } = world;
const ids = { own: idsOf(own), other: idsOf(other) };
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** All texts in a value that are long enough to tell whose they are. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 8 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** What a tenant's lists show. */
async function shownBy(tenant: Tenant, of: typeof ids.own): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const { method, path, produces } of tenantOperations) {
    if (method !== 'GET' || produces || /:\w+$/.test(path)) continue;
    for (const one of await of.paths(path)) {
      const { body } = await tenant.owner.call('GET', one);
      for (const text of textsOf(body.data ?? body)) texts.add(text);
    }
  }
  return texts;
}

const both = { own: await shownBy(own, ids.own), other: await shownBy(other, ids.other) };
/** What the other tenant has and we have not: times, terms and messages of the product are in both. */
const secrets = [...both.other].filter((text) => !both.own.has(text) && !/^\d{4}-\d\d-\d\dT/.test(text));

/** What our calls named: our own audit tells of it. */
const named = new Set<string>();

/** What an answer shows of the other tenant, besides what was named. */
function tracesIn(text: string, sent: string): string[] {
  for (const secret of secrets) if (sent.includes(secret)) named.add(secret);
  return secrets.filter((secret) => text.includes(secret) && !named.has(secret));
}

/** Each of the other tenant's rows that a caller could change, by its version; what it does on its own is not in it. */
async function marks(): Promise<string> {
  const tables = await world.query(
    `select c.table_schema as schema, c.table_name as name from information_schema.columns c
     join information_schema.tables i using (table_schema, table_name)
     where i.table_type = 'BASE TABLE' and c.column_name in ('tenant_id', 'version', 'id')
     group by 1, 2 having count(*) = 3 order by 1, 2`,
  );
  if (tables.length < 15) throw new Error(`Only ${tables.length} tables are watched`);
  const sums = tables.map(
    ({ schema, name }) =>
      `select '${schema}.${name}' as t, count(*) as n, sum(hashtextextended(id::text || ' ' || version, 0)) as mark from ${schema}.${name} where tenant_id = $1`,
  );
  return JSON.stringify(await world.query(`${sums.join(' union all ')} order by 1`, [other.id]));
}

const settled = async () => {
  let last = await marks();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = await marks();
    if (now === last) return now;
    last = now;
  }
};

const idFields = (operation: Operation) =>
  fieldsOf(toSchema(operation.body)).filter(({ schema }) => schema.format === 'uuid');

async function sample(operation: Operation, of: typeof ids.own): Promise<unknown> {
  if (operation.consumes) return 'From: a@b.example\r\n\r\nHello\r\n';
  if (!operation.body) return undefined;
  const named = new Map<string, string>();
  for (const { name } of idFields(operation)) named.set(name, await of.of(name));
  return sampleOf(toSchema(operation.body), '', (field) => named.get(field) ?? '');
}

const options = (operation: Operation, body: unknown, headers: Record<string, string> = {}) => ({
  ...(body === undefined ? {} : { body }),
  headers: { ...(operation.consumes ? { 'content-type': operation.consumes[0] as string } : {}), ...headers },
});

/** `call` sends it as our owner; gives what is wrong with the answer. */
async function attack(
  operation: Operation,
  path: string,
  body: unknown,
  allowed: (status: number) => boolean,
): Promise<string | null> {
  const answer = await own.owner.call(operation.method, path, options(operation, body));
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const traces = tracesIn(text, `${path} ${JSON.stringify(body)}`);
  if (traces.length > 0) return `${operation.id} ${path}: shows ${traces.slice(0, 3).join(', ')}`;
  if (!allowed(answer.status))
    return `${operation.id} ${path} ${JSON.stringify(body)}: ${answer.status} ${text.slice(0, 200)}`;
  return null;
}

const before = await settled();

t.test("an id of the other tenant's in the path is a 404", async (t) => {
  t.ok(secrets.length > 50, `${secrets.length} texts tell the other tenant apart`);
  const wrong: string[] = [];
  let tried = 0;
  for (const operation of tenantOperations) {
    // The keys of feature flags are the product's, the same for all tenants.
    if (!/\/:\w+Id\b/.test(operation.path)) continue;
    const [path = ''] = await ids.other.paths(operation.path);
    tried++;
    const complaint = await attack(
      operation,
      path,
      await sample(operation, ids.own),
      (status) => status === 404,
    );
    if (complaint) wrong.push(complaint);
    // Below a parent of our own it does not exist either.
    const nested = /^(.*\/:\w+.*)\/:\w+/.exec(operation.path);
    if (!nested) continue;
    const [parent = ''] = await ids.own.paths(nested[1] as string);
    const mixed = parent + path.slice(parent.length);
    const again = await attack(
      operation,
      mixed,
      await sample(operation, ids.own),
      (status) => status === 404,
    );
    if (again) wrong.push(again);
  }
  t.strictSame(wrong, []);
  t.ok(tried > 90, `${tried} operations have an id in their path`);
});

t.test("an id of the other tenant's in a body is refused, and named by nobody", async (t) => {
  const wrong: string[] = [];
  let tried = 0;
  for (const operation of tenantOperations) {
    const fields = idFields(operation);
    if (fields.length === 0) continue;
    const [path = ''] = await ids.own.paths(operation.path);
    const good = await sample(operation, ids.own);
    for (const field of fields) {
      tried++;
      const body = withValue(good, field.path, await ids.other.of(field.name));
      // Goods that arrived are never refused; see below.
      const isLot = operation.id === 'createReceipt' && field.name === 'lotId';
      const refused = (status: number) => (status >= 400 && status < 500) || (isLot && status === 201);
      const complaint = await attack(operation, path, body, refused);
      if (complaint) wrong.push(complaint);
    }
  }
  t.strictSame(wrong, []);
  t.ok(tried > 20, `${tried} fields name things by their ids`);
});

t.test("goods that arrive with a lot of the other tenant's wait in our holding location", async (t) => {
  const path = `/v1/purchasing/purchase-orders/${own.order.id}/receipts`;
  const lines = [{ lineId: own.order.lines[0]?.id, quantity: '1', lotId: await ids.other.of('lotId') }];
  const receipt = await own.owner.post(path, { lines });
  const posted = await until(
    'it is in the ledger',
    () => own.owner.get(`/v1/purchasing/receipts/${receipt.id}`),
    ({ stockPosting }) => stockPosting === 'posted',
  );
  t.ok(posted.lines[0].heldReason, 'they are held');
  const movement = await own.owner.get(`/v1/inventory/movements/${posted.lines[0].movementId}`);
  t.equal(movement.lotId, null, 'and are of no lot');
});

t.test("an id of the other tenant's in a query finds nothing", async (t) => {
  const wrong: string[] = [];
  let tried = 0;
  for (const operation of tenantOperations) {
    const { properties = {}, required = [] } = toSchema(operation.query);
    const [path = ''] = await ids.own.paths(operation.path);
    for (const [name, schema] of Object.entries(properties)) {
      if (schema.format !== 'uuid') continue;
      tried++;
      const query = new URLSearchParams({ [name]: await ids.other.of(name) });
      for (const needed of required)
        if (needed !== name)
          query.set(
            needed,
            properties[needed]?.format === 'uuid'
              ? await ids.own.of(needed)
              : String(sampleOf(properties[needed] ?? {}, needed, () => '')),
          );
      const asked = `${path}?${query}`;
      const complaint = await attack(
        operation,
        asked,
        undefined,
        (status) => status === 200 || status === 404,
      );
      if (complaint) wrong.push(complaint);
      const { body } = await own.owner.call('GET', asked);
      if (body.data && body.data.length > 0) wrong.push(`${asked}: ${body.data.length} rows`);
    }
  }
  t.strictSame(wrong, []);
  t.ok(tried > 15, `${tried} parameters name things by their ids`);
});

t.test("the other tenant's cursor opens none of its pages", async (t) => {
  const wrong: string[] = [];
  let tried = 0;
  for (const operation of tenantOperations) {
    if (toSchema(operation.query).properties?.cursor === undefined) continue;
    const [theirs = ''] = await ids.other.paths(operation.path);
    const [ours = ''] = await ids.own.paths(operation.path);
    const { body } = await other.owner.call('GET', `${theirs}?limit=1`);
    const id = body.data[0]?.id ?? (await ids.other.of('itemId'));
    for (const cursor of [body.nextCursor, Buffer.from(id).toString('base64url')]) {
      if (!cursor) continue;
      tried++;
      const complaint = await attack(operation, `${ours}?limit=1000&cursor=${cursor}`, undefined, (status) =>
        [200, 400].includes(status),
      );
      if (complaint) wrong.push(complaint);
    }
  }
  t.strictSame(wrong, []);
  t.ok(tried > 30, `${tried} cursors`);
});

t.test("an answer of the same kind, whether it is another tenant's or nobody's", async (t) => {
  const nobodys = '0190a0a0-0000-7000-8000-000000000000';
  const wrong: string[] = [];
  for (const operation of tenantOperations.filter(
    ({ method, path }) => method === 'GET' && path.includes('/:'),
  )) {
    const [path = ''] = await ids.other.paths(operation.path);
    const shape = async (one: string) => {
      const { status, body } = await own.owner.call('GET', one);
      return JSON.stringify([
        status,
        body.error?.code,
        body.error?.details,
        body.error?.message?.replace(uuid, 'ID'),
      ]);
    };
    const [theirs, none] = [await shape(path), await shape(path.replace(uuid, nobodys))];
    if (theirs !== none) wrong.push(`${operation.id}: ${theirs} and ${none}`);
  }
  t.strictSame(wrong, []);
});

t.test('nothing of the other tenant was changed', async (t) => {
  t.equal(await settled(), before);
  const signedIn = await Person.signIn(url, other.email, other.password);
  t.ok(signedIn.user.id, 'and its people come in as before');
});

t.test("the other tenant's headers are worth nothing", async (t) => {
  const key = 'the-same-key-in-both-tenants';
  const body = { code: 'BOTH', name: 'In both' };
  const first = await other.owner.call('POST', '/v1/inventory/sites', {
    body,
    headers: { 'idempotency-key': key },
  });
  t.equal(first.status, 201);
  const second = await own.owner.call('POST', '/v1/inventory/sites', {
    body,
    headers: { 'idempotency-key': key },
  });
  t.equal(second.status, 201);
  t.not(second.body.id, first.body.id, 'an Idempotency-Key is not shared');
  t.equal(second.headers.get('idempotency-replayed'), null);

  const path = `/v1/inventory/sites/${first.body.id}`;
  const etag = first.headers.get('etag') ?? '';
  const read = await own.owner.call('GET', path, { headers: { 'if-none-match': etag } });
  t.equal(read.status, 404, 'If-None-Match tells nothing');
  for (const ifMatch of [etag, '*', '"99"']) {
    const changed = await own.owner.call('PATCH', path, {
      body: { name: 'Mine' },
      headers: { 'if-match': ifMatch },
    });
    t.equal(changed.status, 404, `If-Match ${ifMatch} tells nothing`);
  }
  const traced = await other.owner.call('POST', '/v1/inventory/sites', {
    body: { code: 'TRACED', name: 'Traced' },
    headers: {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-request-id': 'shared-1',
    },
  });
  t.equal(traced.status, 201);
  const entries = await own.owner.call('GET', '/v1/audit/entries?limit=1000', {
    headers: {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-request-id': 'shared-1',
    },
  });
  t.equal(entries.status, 200);
  t.notOk(JSON.stringify(entries.body).includes(traced.body.id), 'a trace and a request id open nothing');
  const after = await other.owner.call('GET', path);
  t.equal(after.headers.get('etag'), etag, 'and nothing was changed');
});

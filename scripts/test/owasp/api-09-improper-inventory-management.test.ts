import { readFile } from 'node:fs/promises';
import { isPublic, scopes } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { request, startPlatform } from './platform.ts';

const { url, key, operator } = await startPlatform(t);
const operations = allOperations.filter(isPublic);
const nobodysId = '0190a0a0-0000-7000-8000-000000000000';
const filled = (path: string) => path.replaceAll(/:\w+/g, nobodysId);

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        summary: string;
        security: unknown[];
        'x-access': string;
        'x-rate-limit-tier': string;
      }
    >
  >;
}

t.test(
  'the document names every operation, who may call it and what it costs; the table and nothing else',
  async (t) => {
    const { body } = await request(`${url}/openapi.json`, 'GET');
    const documented = Object.entries((body as Document).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), ...one })),
    );
    t.strictSame(
      documented.map(({ operationId }) => operationId).sort(),
      operations.map(({ id }) => id).sort(),
    );
    const known = ['public', 'authenticated', 'operator', ...scopes];
    for (const one of documented) {
      t.ok(one.summary, one.operationId);
      t.ok(known.includes(one['x-access']), `${one.operationId}: ${one['x-access']}`);
      t.equal(
        one.security.length === 0,
        one['x-access'] === 'public',
        `${one.operationId}: what needs a credential says so`,
      );
    }
    const committed = await readFile(
      new URL('../../../packages/client/openapi.json', import.meta.url),
      'utf8',
    );
    t.strictSame(
      JSON.parse(committed).paths,
      body.paths,
      'the document in the repository is the one that is served',
    );
  },
);

t.test('every documented operation is there', async (t) => {
  for (const { id, method, path } of operations) {
    const { status, body } = await request(`${url}${filled(path)}`, method);
    t.not(status, 405, id);
    t.notMatch(body?.error?.message, /There is nothing at/, id);
  }
});

t.test('no other version, and no other method', async (t) => {
  for (const { path } of operations.filter((one) => one.path.startsWith('/v1/'))) {
    for (const version of ['v0', 'v2', 'beta', 'internal', 'api/v1', 'v1.0'])
      t.equal(
        (await request(`${url}${filled(path.replace('v1', version))}`, 'GET', key)).status,
        404,
        `${version} of ${path}`,
      );
    const allowed = operations.filter((one) => one.path === path).map(({ method }) => method as string);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'].filter(
      (one) => !allowed.includes(one),
    )) {
      const type = method === 'QUERY' ? { 'content-type': 'application/json' } : {};
      const answer = await request(`${url}${filled(path)}`, method, { ...key, ...type });
      t.equal(answer.status, 405, `${method} ${path}`);
      t.strictSame(answer.headers.get('allow')?.split(', ').sort(), [...new Set(allowed)].sort());
    }
  }
});

t.test('what others leave open: there is nothing', async (t) => {
  const nouns = [
    ...new Set(
      operations
        .map(({ path }) => path.split('/')[3])
        .filter((noun) => noun && !['health', 'ready', 'live', 'detailed'].includes(noun)),
    ),
  ];
  for (const noun of nouns)
    for (const path of [
      `/v1/${noun}`,
      `/${noun}`,
      `/api/${noun}`,
      `/v1/admin/${noun}/all`,
      `/v1/test/${noun}`,
      `/v1/debug/${noun}`,
    ]) {
      const [asOwner, asOperator] = [
        await request(`${url}${path}`, 'GET', key),
        await request(`${url}${path}`, 'GET', operator),
      ];
      // A word in an id's place is no id; with other methods it is a path.
      t.ok([403, 404, 405].includes(asOwner.status), `${path}: ${asOwner.status}`);
      t.ok([400, 404, 405].includes(asOperator.status), `${path}: ${asOperator.status}`);
    }
});

// docs/access.md is compared with the table by gateway/test/access.test.ts.
t.test('the explorer shows the document', async (t) => {
  const explorer = await request(`${url}/docs/`, 'GET');
  t.equal(explorer.status, 200);
  t.match(explorer.text, /openapi\.json/);
});

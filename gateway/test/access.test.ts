import { readFile } from 'node:fs/promises';
import { isPublic, type Operation, roleScopes, roles } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import { generousLimits } from '@stockade/testing/stack';
import t from 'tap';
import { accessDocument } from '../../scripts/access-document.ts';
import { startSharedStack } from './setup.ts';

t.test('docs/access.md is as the table says', async (t) => {
  const written = await readFile(new URL('../../docs/access.md', import.meta.url), 'utf8');
  t.equal(written, accessDocument(allOperations), 'npm run generate:access writes it anew');
});

const json = { 'content-type': 'application/json' };
const nobodysId = '0190a0a0-0000-7000-8000-000000000000';

/** A path that names nothing that exists, so that a call which is allowed changes nothing. */
const fill = (path: string) =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => (/Id$|^id$/.test(name) ? nobodysId : 'nothing'));

/** By what the guards say, and not by what a service says of the case at hand. */
const guards = /needs the scope|operator alone|needs a credential of a tenant/;

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string }>>;
}

t.test('every route, every role, and nobody: what the table says and nothing else', async (t) => {
  const stack = await startSharedStack(t);
  const { url } = await stack.addGateway(t, generousLimits);
  const owner = { authorization: `Bearer ${stack.credentials.apiKey}` };

  const signIn = async (email: string, password: string) => {
    const answer = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    const { csrfToken } = (await answer.json()) as { csrfToken: string };
    const cookie = String(answer.headers.get('set-cookie')).split(';')[0] ?? '';
    return { cookie, 'x-csrf-token': csrfToken, origin: url };
  };
  // Only an owner, signed in, makes owners and admins.
  const session = await signIn(stack.credentials.email, stack.credentials.password);
  const callers = new Map<string, { headers: Record<string, string>; may: (one: Operation) => boolean }>();
  for (const role of roles) {
    const [email, password] = [`${role}@walk.example`, 'Walking-Every-Route-1'];
    const made = await fetch(`${url}/v1/identity/users`, {
      method: 'POST',
      headers: { ...session, ...json },
      body: JSON.stringify({ email, name: role, role, password }),
    });
    t.equal(made.status, 201, role);
    const granted: readonly string[] = roleScopes[role];
    callers.set(role, {
      headers: await signIn(email, password),
      may: ({ access }) => access === 'authenticated' || granted.includes(access),
    });
  }
  callers.set('operator of the platform', {
    headers: { authorization: `Bearer ${stack.credentials.operatorKey}` },
    may: ({ access }) => access === 'operator',
  });

  const ask = async ({ method, path }: Operation, headers: Record<string, string>) => {
    const answer = await fetch(`${url}${fill(path)}`, { method, headers, redirect: 'manual' });
    const text = await answer.text();
    const refused = answer.status === 403 && guards.test(text);
    return { status: answer.status, refused };
  };

  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
  const documented = new Set(
    Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    ),
  );
  const walked = allOperations.filter(isPublic);
  t.strictSame(
    [...documented].sort(),
    walked.map(({ id }) => id).sort(),
    'the document has all of them and no other',
  );
  // What ends the session comes last.
  walked.sort((a, b) => Number(a.id === 'logout') - Number(b.id === 'logout'));
  for (const operation of walked) {
    if (operation.access === 'public') continue;
    t.equal((await ask(operation, {})).status, 401, `nobody: ${operation.id}`);
    for (const [who, { headers, may }] of callers) {
      const { status, refused } = await ask(operation, headers);
      t.equal(refused, !may(operation), `${who}: ${operation.id} (${status})`);
      t.ok(status < 500, `${who}: ${operation.id} is answered`);
      t.not(status, 401, `${who}: ${operation.id}`);
    }
  }
  for (const path of ['/internal/authenticate', '/internal/queues', '/v1/internal/authenticate'])
    t.equal((await fetch(`${url}${path}`, { headers: owner })).status, 404, path);
});

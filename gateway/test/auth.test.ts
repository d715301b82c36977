import { type Principal, roleScopes, roles } from '@stockade/contracts';
import type { Authenticated } from '@stockade/contracts/identity';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { checkAccess } from '../src/auth/access.ts';
import { CredentialCache } from '../src/auth/cache.ts';
import { isAllowedOrigin } from '../src/auth/csrf.ts';

const known = (sessionId: string, expiresAt: string | null = null): Authenticated => ({
  principal: {
    ...{ type: 'user', id: 'u', name: 'U', tenantId: 't', personId: 'u', role: 'owner' },
    scopes: [...roleScopes.owner],
  },
  ...{ credentialId: sessionId, csrfToken: null, planFactor: 1, expiresAt },
});

t.test('what identity said is kept for seconds, and forgotten when it is revoked', async (t) => {
  const cache = new CredentialCache();
  let asked = 0;
  const ask = async () => {
    asked++;
    return known('s1');
  };
  await cache.get('h', ask);
  await cache.get('h', ask);
  t.equal(asked, 2, 'while nobody listens nothing is kept');
  cache.setHearing(true);
  await cache.get('h', ask);
  await cache.get('h', ask);
  t.equal(asked, 3, 'once it listens the second call is answered from memory');
  for (const revocation of [{ sessionId: 's1' }, { userId: 'u' }, { tenantId: 't' }]) {
    const before = asked;
    cache.evict({ sessionId: 'another' });
    await cache.get('h', ask);
    t.equal(asked, before, "another's end changes nothing");
    cache.evict(revocation);
    await cache.get('h', ask);
    t.equal(asked, before + 1, JSON.stringify(revocation));
  }
  cache.setHearing(false);
  await cache.get('h', ask);
  t.equal(asked, 7, 'what was kept while it listened is forgotten with the connection');
});

t.test('an answer that is older than a revocation is not kept', async (t) => {
  const cache = new CredentialCache();
  cache.setHearing(true);
  let answer: (known: Authenticated) => void = () => {};
  const slow = cache.get('h', () => new Promise((resolve) => (answer = resolve)));
  const together = cache.get('h', async () => t.fail('asked twice') as never);
  cache.evict({ sessionId: 's1' });
  answer(known('s1'));
  await Promise.all([slow, together]);
  let asked = 0;
  await cache.get('h', async () => {
    asked++;
    return null;
  });
  t.equal(asked, 1);
});

t.test('a credential is not kept beyond its own end', async (t) => {
  const cache = new CredentialCache();
  cache.setHearing(true);
  let asked = 0;
  const ask = async () => {
    asked++;
    return known('s', new Date(Date.now() - 1).toISOString());
  };
  await cache.get('h', ask);
  await cache.get('h', ask);
  t.equal(asked, 2);
});

t.test('origins', async (t) => {
  const rules = { allowed: new Set(['https://console.example']), development: false };
  const host = 'api.example:8443';
  t.ok(isAllowedOrigin('https://console.example', host, rules));
  t.ok(isAllowedOrigin('https://api.example:8443', host, rules), "the gateway's own");
  for (const origin of [
    'https://evil.example',
    'https://api.example',
    'null',
    '',
    'file://api.example:8443',
    'https://console.example.evil.example',
    'http://localhost:3000',
  ]) {
    t.notOk(isAllowedOrigin(origin, host, rules), origin);
  }
  t.ok(isAllowedOrigin('http://localhost:3000', host, { ...rules, development: true }));
});

const principal = (overrides: Partial<Principal>): Principal => ({ ...known('s').principal, ...overrides });
const allowed = (operation: (typeof allOperations)[number], who: Principal) => {
  try {
    checkAccess(operation, who);
    return true;
  } catch {
    return false;
  }
};

t.test('every operation, every role: what the table says and nothing else', async (t) => {
  const operator = principal({ type: 'operator', tenantId: null, role: null, scopes: [] });
  const nobody = principal({ role: null, scopes: [] });
  for (const operation of allOperations) {
    const { access, id } = operation;
    const open = access === 'public' || access === 'authenticated';
    for (const role of roles) {
      const may = open || (roleScopes[role] as readonly string[]).includes(access);
      t.equal(allowed(operation, principal({ role, scopes: [...roleScopes[role]] })), may, `${role}: ${id}`);
    }
    t.equal(allowed(operation, operator), access === 'operator' || access === 'public', `operator: ${id}`);
    t.equal(allowed(operation, nobody), open, `no scopes: ${id}`);
  }
});

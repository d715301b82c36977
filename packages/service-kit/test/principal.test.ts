import { generateKeyPairSync } from 'node:crypto';
import { mock } from 'node:test';
import type { Principal } from '@stockade/contracts';
import { SignJWT } from 'jose';
import t from 'tap';
import { createPrincipalSigner, createPrincipalVerifier } from '../src/principal.ts';

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: privateKey,
    private: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    public: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'),
  };
}

const [old, next] = [keyPair(), keyPair()];
const principal: Principal = {
  ...{ type: 'gateway', id: 'gateway', name: 'gateway', tenantId: null, personId: null, role: null },
  scopes: [],
};

t.test('rotation: publish, switch, remove', async (t) => {
  let published = [old.public];
  let signing = old.private;
  const refusals: string[] = [];
  const verifier = createPrincipalVerifier(() => published, 'audit');
  const signer = createPrincipalSigner(() => signing, {
    published: () => published,
    onUnusable: (reason) => void refusals.push(reason),
  });
  const works = async (step: string) => {
    const token = await signer.sign(principal, 'audit');
    t.match(await verifier.verify(token), { type: 'gateway' }, step);
    return token;
  };
  const first = await works('before');
  published = [next.public, old.public];
  await works('published');
  signing = next.private;
  const second = await works('switched');
  t.not(second, first, 'what was signed with the old key is not used on');
  t.match(await verifier.verify(first), { type: 'gateway' }, 'but still good');
  published = [next.public];
  await works('removed');
  t.equal(await createPrincipalVerifier(() => published, 'audit').verify(first), null, 'not good any more');
  t.strictSame(refusals, []);
});

t.test('a key that nobody would accept is not used', async (t) => {
  let signing = old.private;
  const refusals: string[] = [];
  const signer = createPrincipalSigner(() => signing, {
    published: () => [old.public],
    onUnusable: (reason) => void refusals.push(reason),
  });
  const verifier = createPrincipalVerifier(old.public, 'audit');
  for (const bad of [next.private, 'no key at all']) {
    signing = bad;
    for (const audience of ['audit', 'audit'] as const)
      t.match(await verifier.verify(await signer.sign(principal, audience)), { type: 'gateway' });
  }
  t.equal(refusals.length, 2, 'told once for each');
  t.match(refusals[0], /not among the published/);
});

t.test('a token names its key; one of the version before does not', async (t) => {
  const token = (kid?: string) =>
    new SignJWT({ principal })
      .setProtectedHeader({ alg: 'EdDSA', ...(kid ? { kid } : {}) })
      .setIssuer('stockade-gateway')
      .setAudience('audit')
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(old.key);
  const verifier = createPrincipalVerifier(() => [old.public, next.public, 'no key'], 'audit');
  t.match(await verifier.verify(await token()), { type: 'gateway' });
  t.equal(await verifier.verify(await token('somebody else')), null);
  t.throws(() => createPrincipalVerifier('no key', 'audit'), /PRINCIPAL_PUBLIC_KEY/);
});

t.test('a clock that steps, and steps back', async (t) => {
  const signer = createPrincipalSigner(old.private);
  const verifier = createPrincipalVerifier(old.public, 'audit');
  t.teardown(() => mock.timers.reset());
  const accepted = async (what: string) => {
    const token = await signer.sign(principal, 'audit');
    t.match(await verifier.verify(token), { type: 'gateway' }, what);
    return token;
  };
  const before = await accepted('before');
  for (const step of [20 * 60_000, -20 * 60_000]) {
    mock.timers.enable({ apis: ['Date'], now: Date.now() + step });
    t.not(await accepted('after a step'), before, 'a token of another time is not used on');
    mock.timers.reset();
    await accepted('and after the step back');
  }
});

t.test('tokens that are forgotten are made anew', async (t) => {
  const signer = createPrincipalSigner(old.private);
  const first = signer.sign(principal, 'audit');
  t.equal(signer.sign(principal, 'audit'), first, 'one for all calls');
  signer.forget();
  t.not(signer.sign(principal, 'audit'), first);
});

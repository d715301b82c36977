import { generateKeyPairSync } from 'node:crypto';
import { dkimSign, sealMessage } from 'mailauth';
import t from 'tap';
import { createAuthenticator, LookupError, unchecked } from '../../src/authentication/index.ts';
import { parseMessage } from '../../src/engine/index.ts';
import { type Zone, zoneResolver } from './zone.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

const zone: Zone = {
  'shop.example': { TXT: [['v=spf1 ip4:192.0.2.7 -all']] },
  'soft.example': { TXT: [['v=spf1 ip4:192.0.2.7 ~all']] },
  '_dmarc.shop.example': { TXT: [['v=DMARC1; p=reject']] },
  '_dmarc.soft.example': { TXT: [['v=DMARC1; p=none']] },
  's1._domainkey.shop.example': { TXT: [[key]] },
  's1._domainkey.other.example': { TXT: [[key]] },
};
const good = { from: 'billing@shop.example', clientIp: '192.0.2.7', helo: 'mx.shop.example' };
const bad = { from: 'billing@shop.example', clientIp: '198.51.100.9', helo: 'evil.example' };

const plain = (from = 'billing@shop.example', more: string[] = []) =>
  [
    ...more,
    `From: Shop <${from}>`,
    'To: olive@demo.example',
    'Subject: Invoice',
    'Date: Mon, 1 Jun 2026 10:00:00 +0000',
    'Message-ID: <1@shop.example>',
    '',
    'Hello',
    '',
  ].join('\r\n');

async function signed(text: string, signingDomain = 'shop.example') {
  const one = { signingDomain, selector: 's1', privateKey: pem };
  const { signatures } = await dkimSign(text, { ...one, signatureData: [one] });
  return signatures + text;
}

function authenticator(
  t: { teardown(end: () => Promise<void>): void },
  resolver = zoneResolver(zone),
  options = {},
) {
  const made = createAuthenticator({ resolver, ...options });
  t.teardown(() => made.close());
  return async (text: string | Buffer, envelope = {}, trusted: string[] = []) => {
    const raw = Buffer.from(text);
    return made.authenticate(raw, await parseMessage(raw), envelope, trusted);
  };
}

t.test('SPF and DMARC', async (t) => {
  const check = authenticator(t);
  t.match(await check(plain(), good), {
    from: 'checked',
    spf: 'pass',
    dkim: 'none',
    dmarc: 'pass',
    aligned: true,
    policy: 'reject',
  });
  t.match(await check(plain(), bad), { spf: 'fail', dmarc: 'fail', aligned: false, policy: 'reject' });
  t.match(await check(plain('a@soft.example'), { ...bad, from: 'a@soft.example' }), {
    spf: 'softfail',
    dmarc: 'fail',
    policy: 'none',
  });
  t.match(await check(plain('a@nowhere.example'), { ...bad, from: 'a@nowhere.example' }), {
    spf: 'none',
    dmarc: 'none',
    aligned: false,
    policy: null,
  });
  t.match(
    await check(plain(), { ...bad, from: 'bounce@soft.example', clientIp: '192.0.2.7' }),
    { spf: 'pass', dmarc: 'fail', aligned: false },
    'passes for another domain',
  );
});

t.test('DKIM', async (t) => {
  const check = authenticator(t);
  const whole = await signed(plain());
  t.match(await check(whole, bad), {
    spf: 'fail',
    dkim: 'pass',
    dmarc: 'pass',
    dkimDomain: 'shop.example',
    aligned: true,
  });
  t.match(
    await check(whole),
    { spf: 'none', dkim: 'pass', dmarc: 'pass', aligned: true },
    'without the client’s address',
  );
  t.match(await check(whole.replace('Hello', 'Pay me'), bad), {
    dkim: 'fail',
    dmarc: 'fail',
    dkimDomain: null,
    aligned: false,
  });
  t.match(await check(whole.replace('Subject: Invoice', 'Subject: Changed'), bad), { dkim: 'fail' });
  t.match(await check(await signed(plain(), 'other.example'), bad), {
    dkim: 'pass',
    dkimDomain: 'other.example',
    dmarc: 'fail',
    aligned: false,
  });
  t.match(
    await check(await signed(plain(), 'unknown.example'), bad),
    { dkim: 'neutral', aligned: false },
    'a key that is not there',
  );
  const both = await signed(await signed(plain()), 'other.example');
  t.match(
    await check(both, bad),
    { dkim: 'pass', dkimDomain: 'shop.example', aligned: true },
    'the one that fits counts',
  );
});

t.test('what cannot be known does not fail', async (t) => {
  const check = authenticator(t);
  t.strictSame(await check(plain(), {}), unchecked, 'neither a signature nor the client’s address');
  t.match(
    await check((await signed(plain())).replace('Hello', 'x')),
    { dkim: 'fail', dmarc: 'none' },
    'SPF may have passed',
  );
  t.strictSame(await check('no mail', good), unchecked);
});

t.test('ARC', async (t) => {
  const check = authenticator(t);
  const seal = {
    signingDomain: 'shop.example',
    selector: 's1',
    privateKey: pem,
    cv: 'none',
    authResults: 'mx.shop.example; spf=pass',
  };
  const sealed = Buffer.concat([await sealMessage(plain(), seal), Buffer.from(plain())]);
  t.match(await check(sealed, bad), { arc: 'pass' });
  t.match(await check(sealed.toString('latin1').replace('Hello', 'Changed'), bad), { arc: 'fail' });
});

t.test('trusted servers', async (t) => {
  const resolver = zoneResolver(zone);
  const check = authenticator(t, resolver);
  const header =
    'Authentication-Results: mx.demo.example; dmarc=fail (p=REJECT) header.from=shop.example; spf=fail smtp.mailfrom=x@evil.example';
  t.match(await check(plain(undefined, [header]), good, ['MX.demo.example']), {
    from: 'trusted',
    spf: 'fail',
    dmarc: 'fail',
    policy: 'reject',
    aligned: false,
  });
  t.strictSame(resolver.asked, [], 'nobody is asked');
  t.match(
    await check(plain(undefined, [header]), good, ['other.example']),
    { from: 'checked', dmarc: 'pass' },
    'anybody can write such a header',
  );
});

t.test('silence and outages', async (t) => {
  const silent = { ...zoneResolver({}), resolve: () => new Promise<never>(() => {}) };
  const check = authenticator(t, silent, { lookupMs: 200 });
  const started = performance.now();
  t.match(await check(await signed(plain()), bad), { spf: 'temperror', dkim: 'temperror', aligned: false });
  t.ok(performance.now() - started < 15_000, 'with the start of the thread');
  const failing = {
    ...zoneResolver({}),
    resolve: async () => {
      throw new LookupError('ESERVFAIL');
    },
  };
  t.match(await authenticator(t, failing)(plain(), bad), { spf: 'temperror', aligned: false });
  const resolver = zoneResolver(zone);
  const out = authenticator(t, { ...resolver, out: true });
  t.strictSame(await out(await signed(plain()), bad), unchecked);
  t.strictSame(resolver.asked, []);
});

t.test('many at once, and the end', async (t) => {
  const resolver = zoneResolver(zone);
  const made = createAuthenticator({ resolver });
  const raw = Buffer.from(await signed(plain()));
  const message = await parseMessage(raw);
  const results = await Promise.all(
    Array.from({ length: 200 }, () => made.authenticate(raw, message, bad, [])),
  );
  t.ok(results.every(({ dkim, aligned }) => dkim === 'pass' && aligned));
  t.equal(raw.length > 0, true, 'the bytes are still there');
  const last = made.authenticate(raw, message, bad, []);
  await made.close();
  t.strictSame(await last, unchecked);
  t.strictSame(await made.authenticate(raw, message, bad, []), unchecked);
});

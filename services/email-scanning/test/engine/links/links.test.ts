import t from 'tap';
import { linkChecks } from '../../../src/engine/checks/links/index.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { contextOf } from '../../../src/engine/scan.ts';
import { mail, tenant } from '../knowledge.ts';

/** What the link checks find in a mail, by technique with its score. */
async function found(raw: Buffer, knowledge = { ...noKnowledge, tenant }) {
  const context = contextOf(await parseMessage(raw), knowledge);
  const findings = linkChecks.flatMap((check) => check.run(context));
  return { findings, techniques: findings.map(({ technique }) => technique) };
}

const page = (html: string, from = 'a@b.example') => found(mail({ from, html }));
const link = (href: string, text = 'here', from?: string) =>
  page(`<p>Hello</p><a href="${href}">${text}</a>`, from);

/** Cases that hit a technique, and harmless twins that do not. */
function cases(technique: string, hits: [string, string?][], twins: [string, string?][]) {
  t.test(technique, async (t) => {
    for (const [href, text] of hits) {
      const { findings, techniques } = await link(href, text);
      t.ok(techniques.includes(technique), `${href} ${text ?? ''}: ${techniques}`);
      const shown = JSON.stringify(findings.map(({ explanation, evidence }) => [explanation, evidence]));
      t.notMatch(shown, /https?:\/\//, 'what is shown leads nowhere');
    }
    for (const [href, text] of twins)
      t.notOk((await link(href, text)).techniques.includes(technique), `${href} ${text ?? ''}`);
  });
}

cases(
  'link-text-mismatch',
  [
    ['https://evil.example/x', 'https://bank.test/login'],
    ['https://evil.example/x', 'www.paypal.com'],
    ['https://www.google.com/url?q=https://evil.example/x', 'https://bank.test'],
  ],
  [
    ['https://www.shop.example/x', 'https://shop.example'],
    ['https://shop.example/x', 'Shop'],
    ['https://github.com/a/b/blob/main.rs', 'main.rs'],
    ['https://u123.ct.sendgrid.net/ls/click?upn=x', 'https://shop.example'],
    [
      'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fx',
      'https://shop.example/x',
    ],
    ['https://youtu.be/x', 'https://www.youtube.com/watch'],
    ['https://x.example/', 'version 1.2.3'],
  ],
);
cases(
  'ip-address-link',
  [
    ['http://192.0.2.7/login'],
    ['http://3221225991/login'],
    ['http://0xC0000207/x'],
    ['http://0300.0.2.7/x'],
    ['http://[2001:db8::7]/x'],
  ],
  [['http://192.168.10.2/'], ['http://127.0.0.1:8000/'], ['https://1.example/']],
);
cases(
  'userinfo-link',
  [['https://bank.test@evil.example/'], ['https://a:b@evil.example/']],
  [['https://evil.example/@bank.test'], ['mailto:a@b.example']],
);
cases(
  'script-link',
  [['java\nscript:alert(1)'], ['data:text/html;base64,PHA+'], ['vbscript:x']],
  [['javascript:void(0)'], ['data:image/png;base64,AA'], ['#top']],
);
cases(
  'file-share-link',
  [['file://192.0.2.7/share/x'], ['search-ms:query=x'], ['\\\\evil.example\\share']],
  [['mailto:a@b.example'], ['tel:+4930123']],
);
cases(
  'lookalike-link',
  [
    ['https://paypa1.com/'],
    ['https://rnicrosoft.com/'],
    ['https://xn--pple-43d.com/'],
    ['https://netfIix.top/'.toLowerCase().replace('flix', 'fllx')],
    ['https://nordwind-rnetall.example/'],
  ],
  [
    ['https://www.paypal.com/'],
    ['https://online.com/'],
    ['https://apples.example/'],
    ['https://nordwind-metall.example/'],
  ],
);
cases(
  'mixed-script-link',
  [['https://xn--pple-43d.com/']],
  [['https://xn--bcher-kva.example/'], ['https://xn--80ak6aa92e.example/']],
);
cases('punycode-link', [['https://xn--bcher-kva.example/']], [['https://buecher.example/']]);
cases(
  'brand-in-link',
  [
    ['https://paypal-security.example/'],
    ['https://paypal.com.evil.example/'],
    ['https://login-microsoft.evil.example/'],
    ['https://evil.example/dhl/tracking/verify'],
    ['https://securepaypal.example/'],
  ],
  [
    ['https://www.paypal.com/signin'],
    ['https://shop.example/articles/2024'],
    ['https://amazon.co.jp/account'],
    ['https://evil.example/chase/the/dog'],
  ],
);
cases(
  'shortener-link',
  [['https://bit.ly/3abc'], ['https://tinyurl.com/x1']],
  [['https://bit.ly/'], ['https://youtu.be/x'], ['https://shop.example/s']],
);
cases(
  'open-redirect',
  [
    ['https://www.google.com/url?q=https%3A%2F%2Fevil.example%2Flogin'],
    ['https://www.google.de/url?url=https://evil.example'],
    ['https://www.bing.com/ck/a?!&p=1&u=a1aHR0cHM6Ly9ldmlsLmV4YW1wbGUv'],
    ['https://googleads.g.doubleclick.net/pcs/click?adurl=https://evil.example/'],
    ['https://www.google.com/amp/s/evil.example/login'],
    ['https://www-evil--site-example.translate.goog/'],
    ['https://unknown.example/go?to=https://evil.test/'],
  ],
  [
    ['https://www.google.com/search?q=x'],
    ['https://b.example/go?to=https://evil.test/'],
    ['https://www.google.com/url?q=%zz'],
    ['https://u1.ct.sendgrid.net/x?url=https://b.test'],
  ],
);
cases(
  'suspicious-tld-link',
  [['https://some.top/'], ['https://some.xyz/x']],
  [['https://some.com/'], ['https://some.de/'], ['http://192.0.2.7/']],
);
cases(
  'free-hosting-link',
  [
    ['https://x.pages.dev/'],
    ['https://a.web.app/login'],
    ['https://ipfs.io/ipfs/bafy'],
    ['https://storage.googleapis.com/bucket/index.html'],
    ['https://acct.blob.core.windows.net/c/index.html'],
    ['https://bucket.s3.us-east-1.amazonaws.com/login.html'],
  ],
  [
    ['https://www.weebly.com/'],
    ['https://bucket.s3.amazonaws.com/logo.png'],
    ['https://login.windows.net/'],
    ['https://pages.example/'],
  ],
);
cases(
  'form-service-link',
  [['https://docs.google.com/forms/d/e/x/viewform'], ['https://form.jotform.com/123']],
  [['https://docs.google.com/document/d/x'], ['https://forms.shop.example/']],
);
cases(
  'recipient-in-link',
  [
    ['https://evil.example/login#olive@demo.example'],
    [`https://evil.example/x#${Buffer.from('olive@demo.example').toString('base64')}`],
    [`https://evil.example/x?e=${Buffer.from('olive@demo.example').toString('base64')}`],
    ['https://evil.example/x?email=olive@demo.example'],
  ],
  [
    ['https://news.example/unsubscribe?email=olive@demo.example'],
    ['https://b.example/account?email=olive@demo.example'],
    ['https://shop.example/x#section-two-of-the-page'],
    ['https://shop.example/x?token=YWJjZGVmZ2hpamtsbW5vcA'],
  ],
);
cases(
  'odd-host-link',
  [['https://x7k2q9m4z1.com/'], ['https://your-parcel-waits-for-you.com/'], ['https://a.b.c.d.evil.com/']],
  [
    ['https://www.shop.example/'],
    ['https://deutsche-bahn.de/'],
    ['https://learn.microsoft.com/'],
    ['https://stackoverflow.com/'],
  ],
);
cases(
  'odd-port-link',
  [['http://evil.com:4433/x']],
  [['http://localhost:3000/'], ['https://shop.example:443/'], ['http://192.168.1.1:8000/']],
);
cases(
  'foreign-login-link',
  [['https://evil.example/secure/login.php']],
  [['https://b.example/login'], ['https://evil.example/catalogue'], ['https://www.paypal.com/signin']],
);
cases(
  'program-link',
  [['https://evil.example/update.exe'], ['https://evil.example/a/invoice.iso']],
  [['https://example.com/'], ['https://shop.example/invoice.pdf'], ['https://b.example/setup.exe']],
);
cases(
  'archive-link',
  [['https://evil.example/docs.zip']],
  [['https://b.example/docs.zip'], ['https://evil.example/zip']],
);

t.test('links into nowhere, broken ones and very many of them', async (t) => {
  for (const href of [
    'https://',
    'http://[::1',
    'https://%',
    '//',
    '\u0000',
    'https://evil.example/%ff%fe?%',
  ])
    await t.resolves(link(href));
  const many = Array.from(
    { length: 5_000 },
    (_, at) => `<a href="https://h${at}.top/#a@b.example">x</a>`,
  ).join('');
  const started = process.cpuUsage();
  t.ok((await page(many)).findings.length < 10, 'one finding of each technique');
  t.ok(process.cpuUsage(started).user / 1_000 < 2_000);
});

t.test('addresses as browsers read them', async (t) => {
  for (const href of [
    ' https://192.0.2.7/x',
    'ht\ntps://192.0.2.7/x',
    'https:/192.0.2.7/x',
    'https:192.0.2.7/x',
    'HTTPS://192.0.2.7/a b',
    '//192.0.2.7/',
  ])
    t.ok((await link(href)).techniques.includes('ip-address-link'), JSON.stringify(href));
});

t.test('weights', async (t) => {
  const score = async (href: string, technique: string) =>
    (await link(href)).findings.find((finding) => finding.technique === technique)?.score ?? 0;
  t.ok(
    (await score('http://3221225991/x', 'ip-address-link')) >
      (await score('http://192.0.2.7/x', 'ip-address-link')),
  );
  t.ok(
    (await score('https://x.web.app/login', 'free-hosting-link')) >
      (await score('https://x.web.app/', 'free-hosting-link')),
  );
  t.ok(
    (await score('https://evil.example/x#a@b.test', 'recipient-in-link')) >
      (await score('https://evil.example/x?e=a@b.test', 'recipient-in-link')),
  );
});

t.test('forms in the mail', async (t) => {
  const form = (inner: string, action = 'https://evil.example/x') =>
    page(`<form action="${action}" method="post">${inner}</form>`);
  t.strictSame((await form('<input type="password">')).techniques, ['password-form']);
  t.ok((await form('<input type="text"><input type="text">')).techniques.includes('foreign-form'));
  t.notOk((await form('<input type="text" name="q">')).techniques.includes('foreign-form'), 'a search');
  t.notOk(
    (await form('<input type="text"><input type="text">', 'https://b.example/x')).techniques.includes(
      'foreign-form',
    ),
  );
  t.strictSame((await page('<form></form>')).techniques, []);
});

t.test('pages that act by themselves', async (t) => {
  t.ok(
    (await page('<script>var b = new Blob([atob("eA==")]);</script>')).techniques.includes('html-smuggling'),
  );
  t.notOk((await page('<p>The function atob decodes base64.</p>')).techniques.includes('html-smuggling'));
  t.ok(
    (await page('<meta http-equiv="refresh" content="0;url=https://evil.example/">')).techniques.includes(
      'meta-refresh',
    ),
  );
  t.notOk((await page('<meta charset="utf-8">')).techniques.includes('meta-refresh'));
  t.ok(
    (await page('<base href="https://evil.example/"><a href="login">x</a>')).techniques.includes(
      'foreign-base',
    ),
  );
  t.notOk(
    (await page('<base href="https://b.example/"><a href="login">x</a>')).techniques.includes('foreign-base'),
  );
});

t.test('numbers to call', async (t) => {
  const call = (from: string) => page('<a href="tel:+18005550100">Call us</a>', from);
  t.ok((await call('PayPal <x@evil.example>')).techniques.includes('telephone-lure'));
  t.notOk((await call('Ada <ada@shop.example>')).techniques.includes('telephone-lure'));
});

t.test('QR codes', async (t) => {
  const message = await parseMessage(mail({ from: 'a@b.example', html: '<p>Scan</p>' }));
  const run = (href: string) => {
    const context = contextOf({ ...message, links: [{ href, text: '', from: 'qr' }] }, noKnowledge);
    return (
      linkChecks.flatMap((check) => check.run(context)).find(({ technique }) => technique === 'qr-link')
        ?.score ?? 0
    );
  };
  // Each needs a message of its own: what was found of links is kept by message.
  t.equal(run('https://b.example/pay'), 0, 'the sender’s own');
  t.equal(run('https://evil.example/'), 22);
  t.equal(run('https://evil.top/'), 50);
  t.equal(run('https://www.paypal.com/qr'), 0);
});

t.test('lists are full of odd links', async (t) => {
  const html = '<a href="https://x.pages.dev/">x</a><a href="https://bit.ly/3abc">y</a>';
  const { findings } = await found(
    mail({ from: 'a@b.example', headers: ['List-Id: <dev.lists.example>'], html }),
  );
  t.ok(findings.every(({ score }) => score < 20));
});

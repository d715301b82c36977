import t from 'tap';
import { senderChecks } from '../../../src/engine/checks/sender/index.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { contextOf } from '../../../src/engine/scan.ts';
import type { Envelope, MessageKnowledge } from '../../../src/engine/types.ts';
import { mail, tenant } from '../knowledge.ts';

/** What the sender checks find, by technique with its score. */
async function found(
  what: Parameters<typeof mail>[0],
  known: Partial<MessageKnowledge> = {},
  envelope: Envelope = {},
): Promise<Record<string, number>> {
  const context = contextOf(
    await parseMessage(mail(what)),
    {
      tenant: { ...tenant, ownDomains: [...tenant.ownDomains, 'castle-works.example'], key: 'sender-tests' },
      message: { ...noKnowledge.message, ...known },
    },
    envelope,
  );
  const findings = senderChecks.flatMap((check) => check.run(context));
  t.notMatch(JSON.stringify(findings), /https?:\/\//, 'evidence leads nowhere');
  return Object.fromEntries(findings.map(({ technique, score }) => [technique, score]));
}

/** Senders that hit a technique, and harmless twins that do not. */
function senders(technique: string, hits: string[], twins: string[]) {
  t.test(technique, async (t) => {
    for (const from of hits) t.ok(technique in (await found({ from })), from);
    for (const from of twins) t.notOk(technique in (await found({ from })), from);
  });
}

senders(
  'brand-impersonation',
  [
    'PayPal <x@evil.example>',
    'PayPa1 Security <x@gmail.com>',
    '"Pаypal" <x@evil.example>',
    'Microsoft account team <x@evil.example>',
    '"P a y P a l" <x@evil.example>',
    'Micro soft <x@evil.example>',
    'Apple Support <x@evil.example>',
    'DHL Express <x@evil.example>',
    'Bank of America Alert <x@evil.example>',
    'Crédit Agricole <x@evil.example>',
  ],
  [
    'PayPal <service@paypal.com>',
    'PayPal <service@intl.paypal.com>',
    'Amazon.de <versand@amazon.de>',
    'YouTube <no-reply@youtube.com>',
    'Facebook <security@facebookmail.com>',
    'Chase Miller <chase@school.example>',
    'Ada Apple <ada@shop.example>',
    'Nordwind Metall <billing@nordwind-metall.example>',
    'Target practice <club@sport.example>',
    'x@evil.example',
  ],
);
senders(
  'brand-lookalike-domain',
  [
    'a@paypa1.com',
    'a@rnicrosoft.com',
    'a@xn--pple-43d.com',
    'a@netfllx.com',
    'a@pay-pal.example',
    'a@faceboook.com',
  ],
  ['a@paypal.com', 'a@online.com', 'a@apples.com', 'a@stripes.example', 'a@amazon.co.jp', 'a@demo.example'],
);
senders(
  'brand-in-foreign-domain',
  [
    'a@paypal-security.example',
    'a@mail.paypal.com.evil.example',
    'a@microsoftsupport.example',
    'a@apple-id-verify.example',
    'a@dhl-tracking.example',
  ],
  ['a@paypal.com', 'a@apple-farm.example', 'a@orange-county.example', 'a@shop.example'],
);
senders(
  'own-domain-lookalike',
  ['a@castle-works.test', 'a@castle-vvorks.example', 'a@castle-works-billing.example'],
  ['a@castle-works.example', 'a@mail.castle-works.example', 'a@castle.example', 'a@other.example'],
);
senders(
  'colleague-impersonation',
  ['Olive Owner <olive.owner@gmail.com>', 'Olive Owner <x@evil.example>'],
  ['Olive Owner <olive@demo.example>', 'Olive Other <x@gmail.com>', 'Owner <x@gmail.com>'],
);
senders(
  'address-in-display-name',
  ['"ceo@bank.example" <x@gmail.com>', '"service@paypal.com" <x@evil.example>'],
  ['"x@shop.example" <x@shop.example>', '"x@mail.shop.example" <x@shop.example>'],
);
senders(
  'own-domain-in-display-name',
  ['"olive@demo.example" <x@gmail.com>', '"IT demo.example" <x@evil.example>'],
  ['"olive@demo.example" <olive@demo.example>'],
);
senders('mixed-script-sender', ['a@xn--pple-43d.com'], ['a@xn--bcher-kva.example']);
senders('punycode-sender', ['a@xn--bcher-kva.example'], ['a@buecher.example']);
senders(
  'odd-sender-domain',
  ['a@a.b.c.d.evil.example', 'a@your-order-is-here.example'],
  ['a@mail.shop.example', 'a@deutsche-bahn.example'],
);
senders(
  'random-sender',
  ['x7k2q9m4z1@evil.example', 'info@qwrtzpsdfg.example', 'a@x9k3m7q2w8.example'],
  [
    'ada.lovelace1815@shop.example',
    'reply+7k2q9m4z1@github.com',
    'info@angstschweiss.example',
    'noreply@news.example',
  ],
);
senders(
  'free-mail-company',
  ['Billing Department <x@gmail.com>', 'Acme GmbH <x@gmx.de>'],
  ['Ada Lovelace <x@gmail.com>', 'Billing Department <x@shop.example>'],
);
senders('disposable-sender', ['a@mailinator.com', 'a@10minutemail.com'], ['a@gmail.com', 'a@shop.example']);
senders(
  'free-host-sender',
  ['a@contoso99.onmicrosoft.com', 'a@x.web.app'],
  ['a@contoso.example', 'a@github.com'],
);
senders('suspicious-sender-tld', ['a@news.top', 'a@x.icu'], ['a@shop.com', 'a@shop.de', 'a@demo.example']);

t.test(
  'a brand weighs more from an address that anybody gets, less where everything leads to it',
  async (t) => {
    const score = async (from: string, html = '<p>x</p>') =>
      (await found({ from, html }))['brand-impersonation'] ?? 0;
    t.ok((await score('PayPal <x@gmail.com>')) > (await score('PayPal <x@evil.example>')));
    t.ok((await score('PayPal <x@partner.example>', '<a href="https://www.paypal.com/x">x</a>')) < 20);
    t.ok((await score('Netflix fan club <x@club.example>')) < 20);
    t.notOk(
      'brand-impersonation' in
        (await found({
          from: 'PayPal users <x@lists.example>',
          headers: ['List-Id: <paypal.lists.example>'],
        })),
    );
  },
);

t.test('the text speaks as a brand', async (t) => {
  const claim = async (html: string, what: Parameters<typeof mail>[0] = {}) =>
    (await found({ from: 'Notice <a@evil.example>', subject: 'Your PayPal account', html, ...what }))[
      'brand-claimed-in-text'
    ] ?? 0;
  const text = '<p>Dear customer, your PayPal account is limited. PayPal Security Team</p>';
  const away = '<a href="https://far.example/x">Sign in</a>';
  t.ok((await claim(text + away)) >= 30);
  t.equal(await claim(text), 0, 'leads nowhere');
  t.equal(await claim(`${text}<a href="https://evil.example/x">x</a>`), 0, 'leads to its own sender');
  t.ok((await claim(`${text}${away}<a href="https://www.paypal.com/">x</a>`)) < 30);
  t.equal(await claim(text + away, { from: 'PayPal <service@paypal.com>' }), 0);
  t.equal(await claim(text + away, { subject: 'Re: Your PayPal account' }), 0, 'people talk about companies');
  t.equal(await claim(`<p>Pay by PayPal, Visa or on account.</p>${away}`, { subject: 'Invoice 7' }), 0);
  t.equal(
    await claim(`<p>Google shows new maps. Google says they are better.</p>${away}`, {
      subject: 'Google in the news',
    }),
    0,
  );
});

t.test('the own domain forged', async (t) => {
  const from = 'IT <it@demo.example>';
  const authentication = {
    from: 'checked',
    spf: 'fail',
    dkim: 'none',
    dmarc: 'fail',
    arc: 'none',
    dkimDomain: null,
    aligned: false,
    policy: 'reject',
  } as const;
  t.equal((await found({ from }, { authentication }))['own-domain-spoofed'], 70);
  t.notOk(
    'own-domain-spoofed' in
      (await found(
        { from },
        { authentication: { ...authentication, spf: 'pass', dmarc: 'pass', aligned: true } },
      )),
  );
  t.equal((await found({ from }, {}, { from: 'x@evil.example' }))['own-domain-spoofed'], 30);
  t.notOk('own-domain-spoofed' in (await found({ from }, {}, { from: 'it@demo.example' })));
  t.notOk('own-domain-spoofed' in (await found({ from })));
});

t.test('where answers and reports go', async (t) => {
  const reply = async (from: string, to: string, more: string[] = []) =>
    (await found({ from, headers: [`Reply-To: ${to}`, ...more] }))['reply-to-mismatch'] ?? 0;
  t.equal(await reply('a@shop.example', 'b@shop.example'), 0);
  t.equal(await reply('a@shop.example', 'b@mail.shop.example'), 0);
  t.equal(await reply('a@hotmail.com', 'a@outlook.com'), 0, 'one provider');
  t.equal(await reply('a@shop.example', 'b@other.example'), 5);
  t.equal(await reply('a@shop.example', 'b@gmail.com'), 18);
  t.equal(await reply('PayPal <a@evil.example>', 'b@gmail.com'), 30);
  t.equal(await reply('a@shop.example', 'list@lists.example', ['List-Id: <x.lists.example>']), 0);
  t.equal(
    (await found({ from: 'a@shop.example' }, {}, { from: 'b@evil.example' }))['return-path-mismatch'],
    6,
  );
  t.notOk(
    'return-path-mismatch' in
      (await found({ from: 'a@shop.example' }, {}, { from: 'bounce@u1.sendgrid.net' })),
  );
  t.equal(
    (await found({ from: 'a@shop.example', headers: ['Sender: x@evil.example'] }))['sender-header-mismatch'],
    8,
  );
  t.notOk(
    'sender-header-mismatch' in
      (await found({ from: 'a@shop.example', headers: ['Sender: x@mail.shop.example'] })),
  );
});

t.test('headers that every program writes', async (t) => {
  const usual = ['MIME-Version: 1.0', 'X-Mailer: x', 'To: olive@demo.example', 'X-One: 1'];
  const from = 'a@shop.example';
  const whole = [...usual, 'Message-ID: <1@shop.example>', 'Date: Mon, 1 Jun 2026 10:00:00 +0000'];
  const clean = await found({ from, headers: whole });
  t.notOk(
    'no-message-id' in clean ||
      'odd-date' in clean ||
      'undisclosed-recipients' in clean ||
      'self-addressed' in clean,
  );
  const bare = await found({ from, headers: usual });
  t.ok('no-message-id' in bare && 'odd-date' in bare);
  t.ok('no-message-id' in (await found({ from, headers: [...usual, 'Message-ID: none'] })));
  t.ok('odd-date' in (await found({ from, headers: [...usual, 'Date: yesterday'] })));
  t.ok(
    'undisclosed-recipients' in
      (await found({ from, headers: ['To: undisclosed-recipients:;', 'X-One: 1'] })),
  );
  t.ok(
    'self-addressed' in
      (await found({ from, headers: [`To: ${from}`, 'X-One: 1'] }, {}, { to: ['olive@demo.example'] })),
  );
  t.notOk(
    'self-addressed' in
      (await found({ from: 'olive@demo.example', headers: ['To: olive@demo.example', 'X-One: 1'] })),
  );
});

t.test('history', async (t) => {
  const history = { fromAddressSeen: 0, fromDomainSeen: 0, threadKnown: false };
  const from = 'a@shop.example';
  t.ok('first-time-sender' in (await found({ from }, { history })));
  t.ok(((await found({ from }, { history }))['first-time-sender'] ?? 99) < 5, 'by itself it says nothing');
  t.ok(((await found({ from: 'PayPal <a@evil.example>' }, { history }))['first-time-sender'] ?? 0) >= 10);
  t.equal((await found({ from }, { history: { ...history, fromAddressSeen: 3 } }))['known-sender'], 0);
  t.notOk('first-time-sender' in (await found({ from })), 'no history is kept');
  const answer = { from, subject: 'Re: Invoice', html: '<a href="https://far.example/x">x</a>' };
  t.equal((await found(answer, { history }))['unknown-thread'], 28);
  t.ok(
    'unknown-thread' in (await found({ ...answer, headers: ['In-Reply-To: <x@demo.example>'] }, { history })),
  );
  t.notOk('unknown-thread' in (await found(answer, { history: { ...history, threadKnown: true } })));
  t.notOk('unknown-thread' in (await found(answer, { history: { ...history, fromAddressSeen: 1 } })));
  t.notOk(
    'unknown-thread' in (await found({ ...answer, html: '<p>Thanks</p>' }, { history })),
    'nothing that could do harm',
  );
  t.notOk('unknown-thread' in (await found({ ...answer, subject: 'Invoice' }, { history })));
});

t.test('broken senders', async (t) => {
  for (const from of [
    '',
    '<>',
    '@',
    'a@',
    '"',
    `"${'PayPal '.repeat(500)}" <a@b.example>`,
    `a@${'x.'.repeat(500)}example`,
    `${'a'.repeat(5_000)}@b.example`,
    'a@\u0000',
  ])
    await t.resolves(found({ from }));
});

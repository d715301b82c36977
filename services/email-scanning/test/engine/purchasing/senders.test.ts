import t from 'tap';
import type { Authentication } from '../../../src/engine/types.ts';
import { mail, order } from '../knowledge.ts';
import { found, freeMailSender, number, stranger } from './found.ts';

const passed: Authentication = {
  ...({ from: 'checked', spf: 'pass', dkim: 'pass', dmarc: 'pass', arc: 'none', policy: 'reject' } as const),
  ...{ dkimDomain: 'nordwind-metall.example', aligned: true },
};
const failed: Authentication = { ...passed, spf: 'fail', dkim: 'none', dmarc: 'fail', aligned: false };
const plain = { subject: 'Hello', body: 'See you on Monday.' };
const dunning = { subject: 'Overdue', body: 'Please pay the invoice.' };

t.test('lookalike domains', async (t) => {
  const from = 'Jonas <jonas@nordwind-rnetall.example>';
  t.strictSame(await found(mail({ ...plain, from })), { 'lookalike-domain': 70 });
  t.strictSame(await found(mail({ ...dunning, from })), { 'lookalike-domain': 82 }, 'with talk of money');
  t.match(await found(mail({ ...dunning, headers: ['Reply-To: x@nordwind-rnetall.example'] })), {
    'lookalike-domain-inside': 82,
  });
  const other = { ...plain, from: 'a@b.example' };
  t.match(await found(mail({ ...other, headers: ['Cc: x@nordwind-metall.test'] })), {
    'lookalike-domain-inside': 52,
  });
  t.match(await found(mail({ ...other, body: 'https://nordwind-metall.test/x' })), {
    'lookalike-domain-inside': 39,
  });
  t.match(
    await found(mail({ ...dunning, body: 'Please pay the invoice: https://nordwind-metall.test/x' })),
    { 'lookalike-domain-inside': 8 },
    'a supplier that links to a domain of its own',
  );
  t.strictSame(
    await found(mail({ ...plain, headers: ['Cc: x@hafen-logistik.example, y@demo.example'] })),
    {},
  );
});

t.test('a supplier’s name from elsewhere', async (t) => {
  t.strictSame(await found(mail({ ...plain, from: freeMailSender })), {
    'supplier-name-from-foreign-domain': 45,
  });
  t.strictSame(await found(mail({ ...dunning, from: freeMailSender })), {
    'supplier-name-from-foreign-domain': 60,
  });
  const platform = '"Nordwind Metall" <dse@docusign.net>';
  t.strictSame(await found(mail({ ...dunning, from: platform })), {
    'supplier-name-from-foreign-domain': 20,
  });
  t.strictSame(
    await found(mail({ ...plain, from: '"Nordwind Metall" <olive@demo.example>' })),
    {},
    'a colleague',
  );
});

t.test('authentication of a supplier’s domain', async (t) => {
  t.strictSame(await found(mail(dunning), { authentication: failed }), {
    'supplier-authentication-failed': 80,
  });
  t.strictSame(await found(mail(plain), { authentication: failed }), {
    'supplier-authentication-failed': 65,
  });
  t.strictSame(await found(mail(dunning), { authentication: passed }), {});
  t.strictSame(
    await found(mail(dunning), { authentication: { ...passed, spf: 'fail' } }),
    {},
    'forwarded: DKIM still passes',
  );
  t.strictSame(
    await found(mail(dunning), { authentication: { ...failed, from: 'none' } }),
    {},
    'nobody looked',
  );
  t.strictSame(await found(mail({ ...dunning, from: 'a@b.example' }), { authentication: failed }), {});
});

t.test('where answers go', async (t) => {
  const to = (address: string, more = dunning) => mail({ ...more, headers: [`Reply-To: ${address}`] });
  t.strictSame(await found(to('nordwind@gmail.com')), { 'supplier-reply-to': 76 });
  t.strictSame(await found(to('nordwind@gmail.com', plain)), { 'supplier-reply-to': 30 });
  t.strictSame(await found(to('ticket+5@helpdesk.example')), { 'supplier-reply-to': 30 });
  for (const own of [
    'billing@nordwind-metall.example',
    'x@mail.nordwind-metall.example',
    'olive@demo.example',
  ])
    t.strictSame(await found(to(own)), {}, own);
});

t.test('an address at a supplier that nobody knows weighs little', async (t) => {
  t.strictSame(await found(mail(plain), { history: stranger }), { 'unknown-supplier-contact': 5 });
  t.strictSame(await found(mail(plain), { history: { ...stranger, fromAddressSeen: 2 } }), {});
  t.strictSame(
    await found(mail({ ...plain, from: 'jonas@nordwind-metall.example' }), { history: stranger }),
    {},
  );
});

t.test('a conversation that never happened', async (t) => {
  const body =
    'Please pay.\n\nOn Monday, Olive <olive@demo.example> wrote:\n> When shall we pay the invoice?';
  const answer = { subject: `Re: ${number}`, body };
  t.match(await found(mail({ ...answer, from: freeMailSender }), { history: stranger }), {
    'invented-thread': 50,
  });
  t.match(
    await found(mail({ ...answer, from: 'a@b.example' }), { history: stranger, orders: [order(number)] }),
    {
      'invented-thread': 45,
    },
  );
  t.match(
    await found(mail({ ...answer, from: freeMailSender })),
    { 'invented-thread': 50 },
    'it answers nothing at all',
  );
  const known = { history: { ...stranger, threadKnown: true } };
  t.notOk((await found(mail({ ...answer, from: freeMailSender }), known))['invented-thread']);
  t.notOk(
    (await found(mail({ ...answer, from: 'a@b.example', subject: 'Re: lunch' }), { history: stranger }))[
      'invented-thread'
    ],
  );
  t.notOk(
    (await found(mail({ ...plain, from: freeMailSender, subject: 'Re: x' })))['invented-thread'],
    'quotes nothing',
  );
});

t.test('somebody in a colleague’s name', async (t) => {
  const asks = (from: string, body: string) => found(mail({ from, subject: 'Hi', body }));
  const poser = '"Olive Owner" <ceo4711@gmail.com>';
  t.strictSame(await asks(poser, 'Please pay this today, it is urgent.'), {
    'colleague-asks-for-payment': 80,
  });
  t.strictSame(await asks(poser, 'Buy gift cards, please.'), { 'colleague-asks-for-payment': 80 });
  t.strictSame(await asks(poser, 'I paid the hotel.'), { 'colleague-asks-for-payment': 38 });
  t.strictSame(await asks(poser, 'See you on Monday.'), {});
  t.strictSame(await asks('"Olive Owner" <olive@demo.example>', 'Please pay this today.'), {}, 'herself');
  t.strictSame(
    await asks('"Olive Owner" <oo@nordwind-metall.example>', 'Please pay today.'),
    {},
    'a namesake at a supplier',
  );
});

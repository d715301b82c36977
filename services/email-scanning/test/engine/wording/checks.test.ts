import { processorTime } from '@stockade/testing';
import t from 'tap';
import { wordingChecks } from '../../../src/engine/checks/wording/index.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { contextOf } from '../../../src/engine/scan.ts';
import { mail } from '../knowledge.ts';

type Parts = Parameters<typeof mail>[0];

/** What the words of a mail give, by technique. */
async function scores(parts: Parts): Promise<Record<string, number>> {
  const context = contextOf(
    await parseMessage(mail({ from: 'Someone <someone@sender.example>', ...parts })),
    noKnowledge,
  );
  return Object.fromEntries(
    wordingChecks.flatMap((check) => check.run(context)).map(({ technique, score }) => [technique, score]),
  );
}

/** Lures that have to be seen, and the same matter told honestly, which must stay below what counts by itself. */
const twins: { technique: string; lure: Parts; honest: Parts }[] = [
  {
    technique: 'credential-phishing-language',
    lure: {
      body: 'Dear customer, your account has been suspended. Verify your account within 24 hours: https://evil.example/login',
    },
    honest: {
      body: 'Hello Anna, you asked for a new password. Choose it here: https://www.sender.example/p/1. If you did not ask, ignore this.',
    },
  },
  {
    technique: 'mailbox-lure',
    lure: {
      body: 'Your mailbox is full and 5 pending messages were held. Click here to upgrade your mailbox or messages will be deleted: https://evil.example/',
    },
    honest: {
      body: 'Hi, your mailbox was full because the archive rule was off; I have switched it on again. See https://www.sender.example/kb',
    },
  },
  {
    technique: 'payment-problem-lure',
    lure: {
      body: 'Dear member, your payment was declined. Update your payment method within 48 hours or your account will be closed: https://evil.example/',
    },
    honest: {
      body: 'Hi Anna, your last payment was declined by the bank. You can update your card in the settings: https://www.sender.example/billing',
    },
  },
  {
    technique: 'parcel-lure',
    lure: {
      body: 'Your parcel could not be delivered. Pay the shipping fee of 1.99 within 48 hours: https://evil.example/track',
    },
    honest: {
      body: 'Your parcel is on its way and comes on Tuesday. Track it here: https://www.sender.example/t/1',
    },
  },
  {
    technique: 'refund-lure',
    lure: {
      body: 'You are eligible for a tax refund of 412 EUR. Click here to claim your refund within 3 days: https://evil.example/',
    },
    honest: {
      body: 'We have received your return and sent the money back to your card. https://www.sender.example/returns',
    },
  },
  {
    technique: 'prize-lure',
    lure: {
      body: 'Congratulations, you have been selected! Claim your reward today, it expires in 24 hours: https://evil.example/',
    },
    honest: { body: 'Congratulations on ten years with us! The party is on Friday at four.' },
  },
  {
    technique: 'call-back-lure',
    lure: {
      from: 'Billing <tom8831@gmail.com>',
      body: 'Thank you for your purchase. 399.99 USD has been charged from your account for the annual renewal. To cancel this subscription call +1 (808) 555-0147 within 24 hours.',
    },
    honest: {
      body: 'Thank you for your order. If you have questions, call us on +44 113 496 0188. https://www.sender.example/orders',
    },
  },
  {
    technique: 'favour-opener',
    lure: {
      from: 'Paul Boss <ceo.office11@gmail.com>',
      body: 'Hi, are you available? I need a quick task done, I am in a meeting and can not take calls.',
    },
    honest: {
      body: 'Hi, are you available on Thursday for the audit? The agenda is attached, we start with the warehouse and go on with the new racks.',
    },
  },
  {
    technique: 'gift-card-request',
    lure: {
      body: 'I need you to buy some gift cards for clients. Keep it confidential and send me pictures of the cards asap.',
    },
    honest: { body: 'The winners of the summer quiz get gift cards; Karen has them at the reception.' },
  },
  {
    technique: 'payroll-diversion',
    lure: {
      from: 'Anna <anna.work77@gmail.com>',
      body: 'Hello, I would like to change my direct deposit information before the next pay date.',
    },
    honest: { body: 'The pay slips are in your folder from Friday on.' },
  },
  {
    technique: 'urgent-transfer',
    lure: {
      from: 'Boss <boss22@gmail.com>',
      body: 'Please process an urgent wire transfer today. Keep this confidential.',
    },
    honest: { body: 'The bank transfer for invoice 14 arrived yesterday, thank you.' },
  },
  {
    technique: 'advance-fee-fraud',
    lure: {
      body: 'Dearest one, I am Mrs Grace, widow of a late client. I wish to transfer the sum of 12 million dollars to you. You will be the next of kin. God bless you. Send your full name and address.',
    },
    honest: { body: 'The board released 12 million dollars for the new plant. Construction starts in May.' },
  },
  {
    technique: 'extortion',
    lure: {
      body: 'I installed a trojan on your device and recorded a video of you. Send 900 USD in bitcoin to my bitcoin wallet within 48 hours or I send the video to all your contacts.',
    },
    honest: { body: 'The training video about trojans was recorded yesterday. Bitcoin is not part of it.' },
  },
  {
    technique: 'wallet-lure',
    lure: { body: 'Your MetaMask wallet will be suspended. Verify your wallet now: https://evil.example/' },
    honest: { body: 'I lost my wallet in the canteen; it is brown. Please tell me if you find it.' },
  },
  {
    technique: 'disguised-words',
    lure: { body: 'Buy v1agra and c.i.a.l.i.s here' },
    honest: { body: 'Parts M10x60 and the b2b shop, see the U.S.A. price list, mp3 and h264 files' },
  },
  {
    technique: 'advertises-pharmacy',
    lure: {
      body: 'Cheap viagra, cialis, levitra from a canadian pharmacy, no prescription needed, order now https://evil.example/',
    },
    honest: { body: 'The pharmacy next to the plant gives flu shots to our people until Friday.' },
  },
];

for (const { technique, lure, honest } of twins) {
  t.test(technique, async (t) => {
    const found = await scores(lure);
    t.ok((found[technique] ?? 0) >= 20, `the lure gives ${JSON.stringify(found)}`);
    const twin = await scores(honest);
    t.ok(Math.max(0, ...Object.values(twin)) < 20, `its honest twin gives ${JSON.stringify(twin)}`);
  });
}

t.test('hardly any text', async (t) => {
  const picture =
    '<a href="https://evil.example/x"><img src="https://evil.example/a.png" width="600" height="800"></a>';
  t.ok((await scores({ html: picture }))['image-only']);
  const letter = `<p>${'Our autumn letter tells what is new in the workshop. '.repeat(6)}</p>`;
  t.notOk((await scores({ html: letter + picture }))['image-only'], 'a newsletter has text too');
  t.ok((await scores({ html: '<a href="https://evil.example/x">x</a>' }))['link-only']);
  t.notOk((await scores({ html: '<p>x</p>' }))['link-only']);
});

t.test('who is greeted, and how loudly', async (t) => {
  const body = 'Dear customer, see https://evil.example/';
  t.ok((await scores({ body }))['impersonal-greeting']);
  t.notOk((await scores({ body: 'Dear customer, see https://www.sender.example/' }))['impersonal-greeting']);
  t.ok(
    (
      await scores({
        body: 'Hello olive.owner, see https://evil.example/',
        headers: ['To: olive.owner@demo.example'],
      })
    )['impersonal-greeting'],
  );
  t.ok((await scores({ subject: 'READ THIS NOW!!!' }))['shouting-subject']);
  t.notOk((await scores({ subject: 'Re: FWD: PO-2026-000042' }))['shouting-subject']);
});

t.test('a conversation weighs less than a stranger’s mail', async (t) => {
  const body =
    'Dear customer, your account has been suspended. Verify your account within 24 hours: https://evil.example/login';
  const stranger = await scores({ body });
  const answer = await scores({ body, headers: ['In-Reply-To: <1@demo.example>'] });
  t.ok(answer['credential-phishing-language']! < stranger['credential-phishing-language']!);
});

t.test('bad input', async (t) => {
  for (const body of [
    '',
    '\0'.repeat(1000),
    'a.'.repeat(50_000),
    'v1'.repeat(20_000),
    '1 '.repeat(50_000),
    '😀'.repeat(10_000),
  ]) {
    const spent = await processorTime(1_000, async () => t.ok(await scores({ body })));
    t.ok(spent < 1_000, 'in time');
  }
});

t.test('techniques are described', (t) => {
  const techniques = wordingChecks.flatMap((check) => check.techniques);
  t.equal(new Set(techniques.map(({ id }) => id)).size, techniques.length);
  for (const { id, title, description, maxScore } of techniques) {
    t.match(id, /^[a-z-]+$/);
    t.ok(title && description && maxScore > 0 && maxScore <= 100, id);
  }
  t.end();
});

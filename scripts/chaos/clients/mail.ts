import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Client } from '../client.ts';
import type { Cast } from './cast.ts';

const otherIban = 'GB29NWBK60161331926819';

interface Letter {
  from: string;
  to?: string;
  subject: string;
  lines: readonly string[];
}

function letter({ from, to = 'buyer@demo.example', subject, lines }: Letter): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    `Message-ID: <${subject.replaceAll(' ', '.')}@chaos.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...lines,
    '',
  ].join('\r\n');
}

const honest = (subject: string, to?: string) =>
  letter({
    ...{ from: 'Ann <ann@partner.example>', subject, ...(to ? { to } : {}) },
    lines: ['Good morning,', '', `this is about ${subject}: shall we meet on Tuesday?`, '', 'Ann'],
  });

/** From a domain that looks like the supplier's, with another account. */
function forged(subject: string, { name, domain }: Cast['supplier'], order: string): string {
  const lookalike = domain.replace('metall', 'rnetall');
  return letter({
    ...{ from: `"${name} Accounts" <accounts@${lookalike}>`, subject },
    lines: [
      `thank you for your order ${order}. Please note that our bank details have changed because of an audit`,
      'at our bank. Do not pay to the account that you know any more. Please pay to the new account:',
      '',
      `  Account holder: ${name}`,
      `  IBAN: ${otherIban}`,
      '',
      'Kindly confirm by mail once the payment is on its way.',
    ],
  });
}

/** Sends mail in by HTTP: honest ones, and forged ones that must stop payments; lifts what they stopped. */
export function mailer(client: Client, { supplier, orders, second }: Cast): () => Promise<void> {
  const { random, name, traffic } = client;
  let sent = 0;
  const next = () => `${name} ${traffic.seed} ${++sent}`;
  const post = (subject: string, body: string, orderId?: string) =>
    client.change({
      ...{ path: '/v1/mail/messages', body, headers: { 'content-type': 'message/rfc822' } },
      effect: ({ id }) => ({
        made: [['email_scanning.messages', id]],
        state: [['email_scanning.messages', id, 'status', 'scanned']],
        audit: [
          ['email-scanning.message.create', id],
          ['email-scanning.message.scan', id],
        ],
        mails: [subject],
        ...(orderId ? { holds: [[subject, orderId]] } : {}),
      }),
    });

  const writeHonestly = async () => {
    const subject = next();
    await post(subject, honest(subject));
  };

  const forge = async () => {
    const subject = next();
    const order = random.pick(orders);
    await post(subject, forged(subject, supplier, order.number), order.id);
  };

  const lift = async () => {
    const order = await client.read(`/v1/purchasing/purchase-orders/${random.pick(orders).id}`);
    if (!order?.paymentHold) return writeHonestly();
    await client.change({
      path: `/v1/purchasing/payment-holds/${order.paymentHold.id}/release`,
      ...{ body: { reason: 'The supplier was called' }, as: second },
      // Somebody else may have lifted it.
      mayBeRefused: ['INVALID_STATE'],
      effect: ({ id }) => ({
        state: [['purchasing.payment_holds', id, 'status', 'released']],
        audit: [['purchasing.payment-hold.release', id]],
      }),
    });
  };

  return () => random.pick([writeHonestly, writeHonestly, forge, lift])();
}

/** Sends mail in by SMTP, as another server would: again and again until it is taken. */
export function relay(client: Client, { smtp }: Cast): () => Promise<void> {
  const { name, traffic } = client;
  const { journal } = traffic;
  let sent = 0;
  return async () => {
    const subject = `${name} ${traffic.seed} ${++sent}`;
    const to = `ann@${smtp.domain}`;
    const raw = honest(subject, to);
    journal.sent({ key: subject, method: 'SMTP' });
    while (!traffic.gaveUp()) {
      const transport = createTransport({
        ...{ host: '127.0.0.1', port: smtp.port, ignoreTLS: true },
        ...{ connectionTimeout: 10_000, greetingTimeout: 30_000, socketTimeout: 45_000 },
      });
      try {
        const { response } = await transport.sendMail({ envelope: { from: 'ann@partner.example', to }, raw });
        journal.told(subject, response.slice(0, 3), undefined);
        return journal.accept(subject, { mails: [subject] });
      } catch (error) {
        const {
          responseCode = 'no answer',
          code,
          message,
        } = error as Error & {
          responseCode?: number;
          code?: string;
        };
        journal.told(subject, responseCode, code, message);
        if (typeof responseCode === 'number' && responseCode >= 500)
          return journal.find(`${name}: a mail was refused for good: ${message}`);
        journal.again++;
        await delay(1_000);
      } finally {
        transport.close();
      }
    }
    journal.find(`${name}: a mail was never taken: ${subject}`);
  };
}

import { randomBytes } from 'node:crypto';
import type { Mail, Provider, ProviderName } from '../src/index.ts';

/** Every byte there is, and line ends that a mail's encoding might touch. */
export const oddBytes = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('a\nb\r\nc\rd \n.\r\n..\r\n'),
  randomBytes(10_000),
]);

export const mailOf = (changes: Partial<Mail> = {}): Mail => ({
  messageId: 'po-42.1@stockade.test',
  idempotencyKey: 'purchase-order/42/1',
  from: { name: 'Stockade', email: 'no-reply@stockade.test' },
  to: [{ name: 'Zoë "Z" Vendor', email: 'orders@vendor.test' }],
  replyTo: { email: 'po-42@reply.stockade.test' },
  subject: 'Purchase order 42 – Grüße',
  text: 'Please see the order.',
  html: '<p>Please see the order.</p>',
  attachments: [
    { filename: 'order 42.pdf', contentType: 'application/pdf', content: oddBytes },
    { filename: 'zeilen.csv', contentType: 'text/csv', content: Buffer.from('a,b\n1,2\r\n\r3,ü\n') },
  ],
  ...changes,
});

export const signalOf = (ms = 2_000): AbortSignal => AbortSignal.timeout(ms);

/** A log that keeps what it is told. */
export function collectLog() {
  const lines: unknown[] = [];
  const keep = (...args: unknown[]) => void lines.push(args);
  return { lines, info: keep, warn: keep };
}

/** A provider that does what the test says and counts how often it was asked. */
export function scripted(name: ProviderName, send: Provider['send']) {
  const provider = {
    name,
    sent: 0,
    send: (mail: Mail, signal: AbortSignal) => {
      provider.sent += 1;
      return send(mail, signal);
    },
  };
  return provider;
}

import { bankAccountChanged, messageAccepted, orderChanged, supplierChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { fixedSecrets } from '@stockade/secrets';
import { startTestService, type TestService } from '@stockade/testing';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { createEmailScanning } from '../src/app.ts';
import { type MailSettings, mailFields } from '../src/config.ts';
import { migrations } from '../src/migrations/index.ts';
import { openStorage } from '../src/storage/open.ts';

type Test = Parameters<typeof startTestService>[0];

export const bankDetailsKey = 'only for tests: a key for bank details, 32 characters';

/** The settings' defaults, with what a test wants otherwise. */
export const settings = (changes: Partial<MailSettings> = {}): MailSettings => ({
  ...(Value.Default(Type.Object(mailFields), {}) as MailSettings),
  MAIL_ENCRYPTION_KEY: 'only for tests: a key of 32 characters or more',
  BANK_DETAILS_KEY: bankDetailsKey,
  ...changes,
});

/** Raw mail as the service keeps it. */
export const storageOf = (config: MailSettings) => openStorage(config, fixedSecrets({ ...config }));

export function start(t: Test, changes: Partial<MailSettings> = {}) {
  const config = settings(changes);
  return startTestService(t, createEmailScanning({ config, secrets: fixedSecrets(config) }), {
    migrations,
    config,
  });
}

export const verifiedIban = 'DE89370400440532013000';
export const otherIban = 'GB29NWBK60161331926819';
export const domain = 'nordwind-metall.example';

/** A supplier with a verified account and an open order, as purchasing's events tell of them. */
export async function knowSupplier(service: TestService, number = 'PO-2026-000042') {
  const [supplierId, bankAccountId, purchaseOrderId] = [newId(), newId(), newId()];
  const supplier = {
    supplierId,
    code: 'NORD',
    name: 'Nordwind Metall GmbH',
    mailDomains: [domain],
    contacts: [],
    active: true,
  };
  await service.consume(supplierChanged, supplier, { aggregateId: supplierId });
  await service.consume(
    bankAccountChanged,
    {
      ...{
        bankAccountId,
        supplierId,
        status: 'verified',
        holder: 'Nordwind Metall GmbH',
        iban: verifiedIban,
      },
      ...{ routingNumber: null, accountNumber: null, bic: null },
    },
    { aggregateId: bankAccountId },
  );
  await service.consume(
    orderChanged,
    {
      ...{ purchaseOrderId, number, supplierId, siteId: newId(), status: 'approved' },
      ...{ total: '1250', currency: 'EUR', onHold: false },
    },
    { aggregateId: purchaseOrderId },
  );
  return { supplierId, purchaseOrderId, number };
}

interface Letter {
  from?: string;
  subject?: string;
  body?: string;
}

/** A mail in CRLF, as it comes over the wire. */
export function letter({
  from = `Nordwind Metall <billing@${domain}>`,
  subject = 'Invoice',
  body = 'Hello',
}: Letter): string {
  return [
    `From: ${from}`,
    'To: buyer@demo.example',
    `Subject: ${subject}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    `Message-ID: <${newId()}@x.example>`,
    '',
    body,
    '',
  ].join('\r\n');
}

export const rfc822 = { 'content-type': 'message/rfc822' };

/** Delivers the event that accepting the message wrote, as the queue would. */
export async function scanAccepted(service: TestService, messageId: string, tenantId = service.tenantId) {
  const events = await service.outbox(messageAccepted.type);
  const event = events.find((candidate) => candidate.aggregateId === messageId);
  if (!event) throw new Error(`No event for message ${messageId}`);
  return service.consume(messageAccepted, { messageId }, { id: event.id, aggregateId: messageId, tenantId });
}

/** Sends a mail in and scans it; gives the message as the API shows it. */
export async function sendAndScan(service: TestService, raw: string | Buffer) {
  const caller = service.as('operator');
  const sent = await caller.post('/v1/mail/messages', raw, rfc822);
  if (sent.status !== 202) throw new Error(`${sent.status} ${JSON.stringify(sent.body)}`);
  await scanAccepted(service, sent.body.id);
  return (await caller.get(`/v1/mail/messages/${sent.body.id}`)).body;
}

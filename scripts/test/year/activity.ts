import { randomBytes, randomUUID } from 'node:crypto';
import { goodsReceived, itemChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { workOffOne } from '@stockade/service-kit';
import type { TestAnswer, TestService } from '@stockade/testing';
import { entry, proofHolds, record } from '../../../services/audit/test/setup.ts';
import { workOffOne as workOffMailImport } from '../../../services/email-scanning/src/imports/work-off.ts';
import { letter, sendAndScan, settings, storageOf } from '../../../services/email-scanning/test/service.ts';
import { gateway, makeTenant, signIn } from '../../../services/identity/test/service.ts';
import { exportJobs } from '../../../services/inventory/src/exports/work-off.ts';
import { importJobs } from '../../../services/inventory/src/imports/work-off.ts';
import { makeStock } from '../../../services/inventory/test/setup.ts';
import { approved, prepare } from '../../../services/purchasing/test/service.ts';
import type { Services } from './all-services.ts';

const never = new AbortController().signal;
const fresh = () => randomBytes(4).toString('hex');

function good(answer: TestAnswer): TestAnswer {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.raw}`);
  return answer;
}

/** What happens in every service: calls with keys, events that come, fail and are given up, and others that go out. */
async function message(service: TestService): Promise<void> {
  const { query, tenantId } = service;
  await query(
    `insert into delivery_failures (tenant_id, queue, event_id, failures, last_error) values ($1, 'q', $2, 1, 'x')`,
    [tenantId, newId()],
  );
  await query(
    `insert into dead_letters (tenant_id, queue, id, type, event, reason, failures) values ($1, 'audit', $2, 't', '{}', 'x', 5)`,
    [tenantId, newId()],
  );
  await query(
    `insert into inbox (tenant_id, event_id, queue, occurred_on) values ($1, $2, 'q', current_date)`,
    [tenantId, newId()],
  );
  await query(
    `insert into idempotency_keys (tenant_id, principal_id, key, fingerprint, status) values ($1, 'p', $2, 'f', 200)`,
    [tenantId, fresh()],
  );
  // The relay's part: what was committed is published.
  await query('update outbox set published_at = now() where published_at is null');
}

async function useIdentity(service: TestService): Promise<void> {
  const email = `olive-${fresh()}@acme.example`;
  const { tenantId, ownerId, owner } = await makeTenant(service, email);
  await signIn(service, email);
  await signIn(service, email, 'Wrong-Horse-7-Staple');
  good(
    await owner.post('/v1/identity/users', {
      email: `new-${fresh()}@acme.example`,
      name: 'New',
      role: 'viewer',
    }),
  );
  good(await owner.post('/v1/identity/api-keys', { name: fresh(), scopes: ['inventory:read'] }));
  good(await gateway(service).post('/v1/auth/password-resets', { email }));
  good(await gateway(service).post('/v1/auth/passkeys/authentication/options'));
  await service.query(
    `insert into mfa_challenges (tenant_id, user_id, id, token_hash, expires_at) values ($1, $2, $3, $4, now() + interval '5 minutes')`,
    [tenantId, ownerId, newId(), randomBytes(32)],
  );
}

async function useInventory(service: TestService): Promise<void> {
  const owner = service.as('owner');
  const { site, item } = await makeStock(owner, '50');
  good(await owner.post('/v1/inventory/reservations', { itemId: item.id, siteId: site.id, quantity: '2' }));
  good(await owner.post('/v1/inventory/exports', { kind: 'items' }));
  const csv = `sku,name,unit\nI-${fresh()},Bolt,each\n`;
  good(await owner.post('/v1/inventory/imports?kind=items', csv, { 'content-type': 'text/csv' }));
  for (const jobs of [exportJobs, importJobs]) while (await workOffOne(service.service, jobs, never));
  await service.consume(goodsReceived, {
    ...{ receiptId: newId(), purchaseOrderId: newId(), orderNumber: `PO-${fresh()}`, siteId: site.id },
    ...{ receivedAt: new Date().toISOString(), reference: null },
    lines: [{ lineId: newId(), itemId: item.id, quantity: '1', lotId: null }],
    actor: { type: 'user', id: newId(), name: 'Tester' },
  });
}

async function usePurchasing(service: TestService): Promise<void> {
  const prepared = await prepare(service);
  const order = await approved(prepared);
  await service.consume(
    itemChanged,
    {
      ...{ itemId: prepared.itemId, sku: `S-${fresh()}`, name: 'Item', unit: 'each', active: true },
      ...{ reorderPoint: null, reorderQuantity: null },
    },
    { aggregateId: prepared.itemId, aggregateVersion: 2 },
  );
  const mailId = newId();
  await service.query(
    `insert into order_mails (tenant_id, id, purchase_order_id, status, sender, recipients, subject, body_text, body_html, pdf_name, pdf,
       requested_by, provider, sent_at)
     values ($1, $2, $3, 'sent', '{}', '[]', 's', 't', 'h', 'p', 'x', '{}', 'smtp', now())`,
    [service.tenantId, mailId, order.id],
  );
  await service.query(
    `insert into order_mail_attempts (tenant_id, id, mail_id, provider, started_at, duration_ms, outcome) values ($1, $2, $3, 'smtp', now(), 5, 'accepted')`,
    [service.tenantId, newId(), mailId],
  );
}

async function useMail(service: TestService): Promise<void> {
  const owner = service.as('owner');
  const subject = `Offer ${fresh()}`;
  await sendAndScan(service, letter({ from: `sales@s-${fresh()}.example`, subject }));
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const value = `bad-${fresh()}.example`;
  good(await owner.post('/v1/mail/lists', { effect: 'block', kind: 'domain', value, expiresAt }));
  const mbox = `From a@b.example Sat Jan 01 00:00:00 2028\nFrom: a@b.example\nSubject: ${fresh()}\n\nHello\n`;
  good(await owner.post('/v1/mail/imports', mbox, { 'content-type': 'application/mbox' }));
  while (await workOffMailImport({ ...storageOf(settings()), service: service.service }, never));
  const { tenantId, query } = service;
  await query(
    `insert into webhook_signatures (tenant_id, source_id, signature, expires_at) values ($1, $2, $3, now() + interval '5 minutes')`,
    [tenantId, newId(), randomBytes(32)],
  );
  await query(
    'insert into sent_messages (tenant_id, message_id_hash, purchase_order_id, supplier_id, sent_at) values ($1, $2, $3, $4, now())',
    [tenantId, randomBytes(16), newId(), newId()],
  );
  // Of references there are some only where the mail has links: this one has.
  await query(
    `insert into message_references (tenant_id, hash, message_id, day) values ($1, $2, $3, current_date)`,
    [tenantId, randomBytes(6).readUIntBE(0, 6), randomUUID()],
  );
}

async function useAudit(service: TestService): Promise<void> {
  const { tenantId } = service;
  const admin = service.as('admin');
  const holds = '/v1/audit/legal-holds';
  const { body: hold } = good(await admin.post(holds, { reason: 'Case', actorId: 'nobody' }));
  good(await admin.delete(`${holds}/${hold.id}`, {}, { reason: 'Over' }));
  const entries = [
    entry(tenantId),
    entry(tenantId, { action: 'purchasing.bank-account.read' }),
    entry(tenantId, { action: 'gateway.access.refused' }),
  ];
  for (const one of entries) {
    await record(service, [one]);
    if (!(await proofHolds(service, one.id))) throw new Error('The entry is not proven');
  }
}

/** A month's work in all services. */
export async function work(services: Services): Promise<void> {
  await useIdentity(services.identity);
  await useInventory(services.inventory);
  await usePurchasing(services.purchasing);
  await useMail(services['email-scanning']);
  await useAudit(services.audit);
  for (const service of Object.values(services)) await message(service);
}

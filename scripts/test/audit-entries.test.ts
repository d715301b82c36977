import { auditTargets, platformTenantId, securityEvents } from '@stockade/contracts';
import { AuditEntry } from '@stockade/contracts/audit';
import { bodyChecker } from '@stockade/service-kit/validation';
import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import { canonicalize, leafHash } from '@stockade/transparency-log';
import t from 'tap';
import type { Person } from '../demo/http.ts';
import { tellStory } from '../demo/story.ts';

const iban = 'DE89370400440532013000';
const password = 'Quite-another-Horse-42';
/** What must stand in no change: names, addresses, bank details and secrets of what is done here. */
const unmasked = [iban, 'GB29NWBK60161331926819', password, 'Petersen', 'Approver', 'Kowalski', 'Nadia'];

/** Besides the story: what else is recorded, and what is sensitive to read. */
async function doMore(owner: Person, story: Awaited<ReturnType<typeof tellStory>>) {
  const secrets: string[] = [];
  const { supplier, fraud, site, item, order } = story;
  const user = { email: 'nadia.kowalski@demo.example', name: 'Nadia Kowalski', role: 'viewer', password };
  const { id: userId } = await owner.post('/v1/identity/users', user);
  await owner.call('PATCH', `/v1/identity/users/${userId}`, { body: { name: 'Nadia Kowalski-Petersen' } });
  await owner.call('DELETE', `/v1/identity/users/${userId}`);
  const key = await owner.post('/v1/identity/api-keys', { name: 'Terminal', scopes: ['inventory:read'] });
  const source = await owner.post('/v1/mail/sources', {
    ...{ kind: 'webhook', name: 'Provider', webhook: { format: 'raw' } },
  });
  const rotated = await owner.post(`/v1/mail/sources/${source.id}/rotate-secret`, {});
  secrets.push(key.key, source.secret, rotated.secret);
  await owner.post('/v1/mail/lists', {
    ...{ effect: 'allow', kind: 'address', value: 'nadia.kowalski@supplier.example', note: 'Our contact' },
  });
  await owner.call('PATCH', `/v1/purchasing/suppliers/${supplier.id}`, {
    body: { contacts: [{ name: 'Nadia Kowalski', email: 'nadia.kowalski@supplier.example' }] },
  });
  await owner.get(`/v1/purchasing/suppliers/${supplier.id}/bank-accounts`);
  const invoice = await owner.post('/v1/purchasing/invoices', {
    ...{ supplierId: supplier.id, number: 'R-1', issuedAt: '2026-01-02T00:00:00Z', currency: 'EUR' },
    lines: [{ description: 'Bolts', quantity: '1', unitPrice: '2' }],
    bankAccount: { iban },
  });
  await owner.get(`/v1/purchasing/invoices/${invoice.id}`);
  await owner.call('GET', `/v1/mail/messages/${fraud.id}/raw`);
  const movement = { itemId: item.id, siteId: site.id, type: 'ADJUST', quantity: '5', reason: 'Found' };
  await owner.post('/v1/inventory/movements', movement);
  const { id: exportId } = await owner.post('/v1/inventory/exports', { kind: 'items' });
  await eventually(
    'the export is there',
    async () => (await owner.call('GET', `/v1/inventory/exports/${exportId}/content`)).status === 200,
  );
  await owner.call('GET', `/v1/purchasing/purchase-orders/${order.id}`);
  return secrets;
}

/** Reads of what is sensitive. */
const reads = [
  'email-scanning.message.read-raw',
  'purchasing.bank-account.read',
  'purchasing.invoice.read-bank-details',
  'inventory.export.create',
  'inventory.export.download',
];
const writes = [
  ...['identity.user.create', 'identity.user.update', 'identity.user.delete', 'identity.api-key.create'],
  ...['identity.session.create', 'email-scanning.mail-source.create', 'email-scanning.list-entry.create'],
  ...['email-scanning.mail-source.rotate-secret', 'email-scanning.message.create'],
  ...['email-scanning.message.scan', 'purchasing.supplier.update', 'purchasing.bank-account.propose'],
  ...['purchasing.bank-account.verify', 'purchasing.invoice.create', 'purchasing.payment-hold.create'],
  ...['purchasing.receipt.create', 'purchasing.receipt.post', 'inventory.movement.create'],
];

/** What one service does for what somebody did in another: it knows who and by which request, not from where. */
const carriedOut = new Set(['inventory.movement.create', 'purchasing.payment-hold.create']);

async function allEntries(owner: Person): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await owner.get(`/v1/audit/entries?limit=500${cursor && `&cursor=${cursor}`}`);
    entries.push(...page.data);
    cursor = page.nextCursor;
  }
  return entries;
}

const problemsOf = bodyChecker(AuditEntry);
const fields = Object.keys(AuditEntry.properties);
const isSampled = ({ action }: AuditEntry) =>
  (securityEvents as Record<string, { recorded: string }>)[action]?.recorded === 'sampled';

t.test('entries of every kind are complete, masked, and covered by their hash', async (t) => {
  const stack = await startStack(t);
  const story = await tellStory(stack.credentials, () => {});
  const { owner } = story;
  const secrets = await doMore(owner, story);
  const wanted = [...reads, ...writes];
  const entries = await eventually('every kind has its entry', async () => {
    const found = await allEntries(owner);
    const kinds = new Set(found.map(({ action }) => action));
    return wanted.every((action) => kinds.has(action)) && found;
  });
  t.strictSame(
    entries.map(({ sequence }) => sequence),
    entries.map((_, at) => entries.length - at),
    'without a gap',
  );
  for (const entry of entries) {
    const { action, target, changes, actor } = entry;
    const what = `${entry.sequence} ${action}`;
    t.strictSame(problemsOf(entry), [], `${what}: all fields`);
    t.strictSame(
      fields.filter((field) => !(field in entry)).filter((field) => field !== 'severity'),
      [],
      what,
    );
    t.not(entry.tenantId, platformTenantId, what);
    if (actor.type === 'user') {
      t.ok(entry.requestId && entry.traceId, `${what}: by which request`);
      if (!carriedOut.has(action)) t.ok(entry.ip, `${what}: from where`);
      t.match(actor, { id: /^[0-9a-f-]{36}$/, name: /\S/ }, what);
    }
    const text = JSON.stringify(changes);
    for (const personal of [...unmasked, ...secrets])
      t.notOk(text.includes(personal), `${what}: ${personal}`);
    t.notMatch(text, /[A-Za-z0-9]{2,}@[a-z]/, `${what}: no address`);
    if (isSampled(entry)) continue;
    const known = Object.keys(auditTargets[target.type] ?? {});
    t.strictSame(
      Object.keys(changes).filter((field) => !known.includes(field)),
      [],
      `${what}: every field is in the list of what is shown how`,
    );
  }
  const [entry] = entries as [AuditEntry];
  const proof = await owner.get(`/v1/audit/entries/${entry.id}/proof`);
  const hash = (of: object) => leafHash(Buffer.from(canonicalize(of))).toString('base64');
  t.equal(hash(proof.entry), proof.leafHash);
  for (const field of Object.keys(entry)) {
    const { [field as keyof AuditEntry]: _, ...without } = entry;
    t.not(hash(without), proof.leafHash, `${field} is covered`);
  }
});

import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bankAccountChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { fixedSecrets, openSecrets, SealError } from '@stockade/secrets';
import { resealing } from '@stockade/service-kit';
import t from 'tap';
import { accountDetails, sealedColumns } from '../src/bank-accounts/details.ts';
import type { PurchasingDb } from '../src/tables.ts';
import { addSupplier, iban, start } from './service.ts';

const folder = await mkdtemp(join(tmpdir(), 'bank-details-'));
t.teardown(() => rm(folder, { recursive: true }));
const name = 'BANK_DETAILS_KEY';
const usual = 'the key that is there in the beginning';
const newKey = 'the key that comes in its place, some day';

/** Keys as a mounted folder has them: for so long that all processes know them. */
async function mountKeys(current: string, ...previous: string[]) {
  const path = join(folder, name);
  await writeFile(`${path}.previous`, previous.join('\n'));
  await writeFile(path, current);
  const before = new Date(Date.now() - 3_600_000);
  await utimes(path, before, before);
}
await mountKeys(usual);
const secrets = await openSecrets({ SECRETS_PROVIDER: 'file', SECRETS_DIR: folder }, [
  { name, isValid: (value) => value.length >= 32 },
]);
t.teardown(() => secrets.close());
const service = await start(t, {}, secrets);
const buyer = service.as('manager');

async function propose(body: object) {
  const supplierId = await addSupplier(buyer);
  const path = `/v1/purchasing/suppliers/${supplierId}/bank-accounts`;
  const answer = await buyer.post(path, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { supplierId, path: `${path}/${answer.body.id}`, list: path, ...answer.body } as Record<
    string,
    string
  >;
}
const stored = async (id = '') =>
  (await service.query('select * from bank_accounts where id = $1', [id]))[0] as Record<string, unknown> & {
    sealed: Buffer;
  };
const details = { holder: 'Nordwind Metall GmbH', iban, bic: 'COBADEFFXXX' };
const empty = { holder: null, iban: null, routing_number: null, account_number: null, bic: null };

const { task, check } = resealing<PurchasingDb>(sealedColumns);
const reseal = () => task.run(service.service, new AbortController().signal);
const waiting = async () => (await check(service.service)()).details?.waiting as Record<string, number>;

t.test('details are sealed in the table, in events and in the audit', async (t) => {
  const account = await propose(details);
  t.match(account, details);
  t.match(await stored(account.id), { ...empty, sealed: Buffer });
  const us = await propose({ holder: 'Acme', routingNumber: '021000021', accountNumber: '12345678901' });
  t.match((await buyer.get(us.path ?? '')).body, {
    accountNumber: '12345678901',
    routingNumber: '021000021',
  });

  const [event] = (await service.outbox(bankAccountChanged.type)).filter(
    ({ aggregateId }) => aggregateId === account.id,
  );
  t.match(event?.payload, { iban: null, holder: '', sealed: /^[\w+/=]{100,}$/ });
  const keyed = { 'idempotency-key': newId() };
  const [first, again] = [
    await buyer.post(account.list ?? '', details, keyed),
    await buyer.post(account.list ?? '', details, keyed),
  ];
  t.match(again, { status: 201, headers: { 'idempotency-replayed': 'true' } });
  t.strictSame(again.body, first.body, 'a repeated call gets the first answer');
  const everything = JSON.stringify([
    await service.query('select * from bank_accounts'),
    await service.query('select payload from outbox'),
    await service.query('select * from idempotency_keys'),
  ]);
  for (const plain of [iban, '12345678901', '021000021', 'COBADEFFXXX']) t.notMatch(everything, plain);
});

t.test('a sealed value opens in its own row alone', async (t) => {
  const [one, other] = [await propose(details), await propose(details)];
  const { sealed } = await stored(one.id);
  const sealer = accountDetails(service.service.secrets);
  const row = { ...empty, tenant_id: service.tenantId, id: other.id ?? '', sealed };
  t.throws(() => sealer.open(row), SealError, 'in another row');
  t.throws(
    () => sealer.open({ ...row, id: one.id ?? '', tenant_id: newId() }),
    SealError,
    'of another tenant',
  );
  await service.query('update bank_accounts set sealed = $1 where id = $2', [sealed, other.id]);
  const answer = await buyer.get(other.path ?? '');
  t.match(answer, { status: 500, body: { error: { code: 'INTERNAL_ERROR' } } });
  await service.query('delete from bank_accounts where id = $1', [other.id]);
});

t.test('who reads them is on record', async (t) => {
  const account = await propose(details);
  const reader = service.as('manager');
  await reader.get(account.path ?? '');
  await reader.get(account.list ?? '');
  const read = (await service.outbox()).filter(
    ({ payload }) => payload.action === 'purchasing.bank-account.read',
  );
  t.match(
    read.filter(({ payload }) => payload.actor.id === reader.personId),
    Array.from({ length: 2 }, () => ({
      payload: {
        target: { type: 'supplier', id: account.supplierId },
        changes: { bankAccounts: { after: [account.id] } },
      },
    })),
  );
});

t.test('an invoice’s account is sealed, compared and on record', async (t) => {
  const account = await propose(details);
  await service.as('manager').post(`${account.path}/verify`);
  const body = {
    ...{ supplierId: account.supplierId, number: 'R-1', issuedAt: new Date().toISOString(), currency: 'EUR' },
    lines: [{ description: 'Bolts', quantity: '1', unitPrice: '2' }],
    bankAccount: { iban },
  };
  const made = await buyer.post('/v1/purchasing/invoices', body);
  t.match(
    made,
    { status: 201, body: { status: 'received', bankAccount: { iban } } },
    'it is the verified one',
  );
  const [row] = await service.query('select * from invoices where id = $1', [made.body.id]);
  t.match(row, { iban: null, sealed: Buffer });
  const none = await buyer.post('/v1/purchasing/invoices', {
    ...body,
    number: 'R-2',
    bankAccount: undefined,
  });
  t.match(none.body, { bankAccount: null });

  const reader = service.as('manager');
  await reader.get(`/v1/purchasing/invoices/${made.body.id}`);
  await reader.get(`/v1/purchasing/invoices/${none.body.id}`);
  await reader.get(`/v1/purchasing/invoices?supplierId=${account.supplierId}`);
  const read = (await service.outbox()).filter(({ payload }) => payload.actor?.id === reader.personId);
  t.match(
    read,
    Array.from({ length: 2 }, () => ({
      payload: {
        action: 'purchasing.invoice.read-bank-details',
        changes: { invoices: { after: [made.body.id] } },
      },
    })),
  );
  t.equal(read.length, 2, 'what shows none is none');
});

t.test('rows from before are read, and sealed by the job', async (t) => {
  const accounts = await Promise.all(Array.from({ length: 3 }, () => propose(details)));
  const ids = accounts.map(({ id }) => id);
  await service.query(
    `update bank_accounts set sealed = null, holder = 'Old & Sons', iban = $1, bic = null where id = any ($2)`,
    [iban, ids],
  );
  const path = accounts[0]?.path ?? '';
  const before = await buyer.get(path);
  t.match(before.body, { holder: 'Old & Sons', iban, bic: null });

  t.match(await waiting(), { 'bank_accounts.sealed': 3, 'invoices.sealed': 0 });
  await Promise.all([reseal(), reseal()]);
  t.match(await waiting(), { 'bank_accounts.sealed': 0 });
  t.match(await stored(ids[0]), { ...empty, sealed: Buffer });
  t.strictSame((await buyer.get(path)).body, before.body, 'neither its version nor its time changes');
});

t.test('the key is changed while details are read and proposed', async (t) => {
  const { path = '', id = '' } = await propose(details);
  const total = async () => Number((await service.query('select count(*) as n from bank_accounts'))[0]?.n);
  const failed: unknown[] = [];
  let calls = 0;
  let stopped = false;
  const working = (async () => {
    for (; !stopped; calls++) {
      const read = await buyer.get(path);
      if (read.status !== 200 || read.body.iban !== iban) failed.push(read.body);
      if (calls % 5 === 0) await propose(details).catch((error) => failed.push(error));
    }
  })();
  await mountKeys(newKey, usual);
  await secrets.refresh();
  const before = await total();
  t.ok(((await waiting())['bank_accounts.sealed'] ?? 0) >= before - 1);
  await reseal();
  t.match(await waiting(), { 'bank_accounts.sealed': 0, 'invoices.sealed': 0 });
  await mountKeys(newKey);
  await secrets.refresh();
  const then = calls;
  while (calls < then + 3) await delay(10);
  stopped = true;
  await working;
  t.strictSame(failed, []);

  const { sealed } = await stored(id);
  const row = { ...empty, tenant_id: service.tenantId, id, sealed };
  t.throws(
    () => accountDetails(fixedSecrets({ [name]: usual })).open(row),
    SealError,
    'the old key is of no use',
  );
  await mountKeys('a key that has never sealed anything');
  await secrets.refresh();
  await reseal();
  t.match(await waiting(), { 'bank_accounts.sealed': await total() }, 'what does not open stays as it is');
  await mountKeys(newKey);
  await secrets.refresh();
  t.match((await buyer.get(path)).body, details);
});

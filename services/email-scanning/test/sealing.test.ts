import { bankAccountChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { createSealer, fixedSecrets, keyIdOf } from '@stockade/secrets';
import { resealing } from '@stockade/service-kit';
import t from 'tap';
import { bankDetailsSealer, sealAccount, sealedAccounts } from '../src/projections/bank-details.ts';
import { sealedSecrets, secretContext } from '../src/sources/commands.ts';
import type { EmailScanningDb } from '../src/tables.ts';
import {
  bankDetailsKey,
  knowSupplier,
  letter,
  otherIban,
  sendAndScan,
  start,
  verifiedIban,
} from './service.ts';
import { imapBody } from './sources/samples.ts';

const service = await start(t);
const signal = new AbortController().signal;
const empty = { holder: null, iban: null, routing_number: null, account_number: null, bic: null };

t.test('copies of bank details are sealed, and mails are compared with them', async (t) => {
  const { supplierId, number } = await knowSupplier(service);
  t.match(await service.query('select * from bank_accounts where supplier_id = $1', [supplierId]), [
    { ...empty, sealed: Buffer, status: 'verified' },
  ]);
  const ask = (iban: string) =>
    sendAndScan(service, letter({ body: `Please pay invoice 7 for ${number} to ${iban} from now on.` }));
  const [good, bad] = [await ask(verifiedIban), await ask(otherIban)];
  t.ok(bad.score > good.score, `${bad.score} > ${good.score}`);
  t.equal(bad.verdict, 'malicious');

  // As purchasing seals them; the rows of the version before are in plain.
  const bankAccountId = newId();
  const place = { tenant_id: service.tenantId, id: bankAccountId };
  const plain = { holder: 'N', iban: verifiedIban, routingNumber: null, accountNumber: null, bic: null };
  const sealed = sealAccount(
    bankDetailsSealer(fixedSecrets({ BANK_DETAILS_KEY: bankDetailsKey })),
    place,
    plain,
  );
  const change = (sql: string, params: unknown[] = []) => service.asApp(service.tenantId, sql, params);
  await change("update bank_accounts set sealed = null, iban = $1, holder = 'N'", [otherIban]);
  t.ok((await ask(otherIban)).score < bad.score, 'read in plain as well');
  const task = resealing<EmailScanningDb>([sealedAccounts]);
  await task.task.run(service.service, signal);
  t.match(await service.query('select * from bank_accounts'), [{ ...empty, sealed: Buffer }]);
  t.match((await task.check(service.service)()).details, { waiting: { 'bank_accounts.sealed': 0 } });

  await change("update bank_accounts set status = 'rejected'");
  const event = { ...{ bankAccountId, supplierId, status: 'verified' }, ...plain, holder: '', iban: null };
  const given = { ...event, sealed: sealed.toString('base64') };
  await service.consume(bankAccountChanged, given, { aggregateId: bankAccountId });
  t.match(
    await service.query('select sealed from bank_accounts where id = $1', [bankAccountId]),
    [{ sealed }],
    'stored as it came',
  );
  t.ok((await ask(verifiedIban)).score < bad.score);
  t.ok((await ask(otherIban)).score >= bad.score);
});

t.test('credentials of mail sources are sealed with the new key, and open with it', async (t) => {
  const owner = service.as('owner');
  const mailbox = await owner.post('/v1/mail/sources', { kind: 'imap', name: 'Mailbox', imap: imapBody });
  const webhook = await owner.post('/v1/mail/sources', { kind: 'webhook', name: 'Provider' });
  await owner.post(`/v1/mail/sources/${webhook.body.id}/rotate-secret`);
  const old = 'only for tests: a key of 32 characters or more';
  const keys = ['the key that comes in its place, some day', old];
  const sealer = createSealer({ current: () => keys[0] ?? '', accepted: () => keys }, 'mail');
  const { task, check } = resealing<EmailScanningDb>(sealedSecrets(sealer));
  const waiting = async () => (await check(service.service)()).details?.waiting;
  t.strictSame(await waiting(), { 'sources.secret': 2, 'sources.previous_secret': 1 });
  await task.run(service.service, signal);
  t.strictSame(await waiting(), { 'sources.secret': 0, 'sources.previous_secret': 0 });

  const [row] = await service.query<{ secret: Buffer }>('select secret from sources where id = $1', [
    mailbox.body.id,
  ]);
  const secret = row?.secret ?? Buffer.alloc(0);
  t.equal(keyIdOf(secret), sealer.keyId);
  const only = createSealer({ current: () => keys[0] ?? '', accepted: () => keys.slice(0, 1) }, 'mail');
  const context = secretContext(service.tenantId, mailbox.body.id);
  t.equal(only.open(secret, context).toString(), imapBody.password);
});

import { randomBytes } from 'node:crypto';
import type { MailSource, MailSourceWithSecret } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import { checkVersion, errors, mapConstraint, type SealedColumn } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import {
  addressesOf,
  checkKind,
  type NewSource,
  type SourceChanges,
  sameLogin,
  sameMailbox,
  settingsOf,
} from './rules.ts';

type MailWork = Work<EmailScanningDb>;

const maxSources = 200;
const target = (id: string) => ({ type: 'mail-source', id });
const audited = ['kind', 'name', 'active', 'settings', 'addresses'];
const newSecret = () => `whsec_${randomBytes(32).toString('base64url')}`;

/** What a source's secret is bound to. */
export const secretContext = (tenantId: string, sourceId: string) => `mail source ${tenantId} ${sourceId}`;

/** For the background job that keeps them sealed with the current key. */
export const sealedSecrets = (sealer: Sealer): SealedColumn[] =>
  ['secret', 'previous_secret'].map((column) => ({
    ...{ table: 'sources', column, sealer: () => sealer, context: secretContext },
  }));

const sealSecret = (sealer: Sealer, { tenantId }: MailWork, id: string, secret: string) =>
  sealer.seal(Buffer.from(secret), secretContext(tenantId, id));

async function replaceAddresses(work: MailWork, id: string, smtp: NewSource['smtp']): Promise<void> {
  if (!smtp?.recipients && !smtp?.domains) return;
  const owner = { tenantId: work.tenantId, sourceId: id };
  await queries.replaceAddresses(work.trx, owner, addressesOf(smtp)).catch((error) =>
    mapConstraint(error, {
      source_recipients_address: () =>
        errors.conflict('One of these addresses or domains is in use already.', { field: 'smtp' }),
    }),
  );
}

async function getSource(work: MailWork, id: string): Promise<queries.FullSource> {
  const row = await queries.findSource(work.trx, id);
  if (!row) throw errors.notFound('Source', id);
  return row;
}

export async function createSource(
  work: MailWork,
  sealer: Sealer,
  body: NewSource,
): Promise<MailSourceWithSecret> {
  const { kind, name, active = true } = body;
  checkKind(kind, body);
  if (kind === 'imap' && !body.imap)
    throw errors.validation([{ path: '/imap', message: 'is needed for a source of the kind imap' }]);
  if ((await queries.countSources(work.trx)) >= maxSources)
    throw errors.conflict(`There are ${maxSources} sources already.`);
  const id = newId();
  const secret = kind === 'webhook' ? newSecret() : body.imap?.password;
  await queries.insertSource(work.trx, {
    ...{ tenant_id: work.tenantId, id, kind, name, active },
    settings: JSON.stringify(settingsOf(kind, body)),
    secret: secret === undefined ? null : sealSecret(sealer, work, id, secret),
  });
  await replaceAddresses(work, id, body.smtp);
  const row = await getSource(work, id);
  work.audit({
    action: 'email-scanning.mail-source.create',
    target: target(id),
    changes: changed(null, row, audited),
  });
  return { ...queries.toSource(row), ...(kind === 'webhook' && secret ? { secret } : {}) };
}

async function lockSource(work: MailWork, id: string, ifMatch: number | null): Promise<queries.FullSource> {
  const row = await queries.lockSource(work.trx, id);
  if (!row) throw errors.notFound('Source', id);
  checkVersion(row.version, ifMatch);
  return row;
}

/** Lists keep what the change does not name. */
const merged = (before: queries.FullSource, smtp: SourceChanges['smtp']): NewSource['smtp'] =>
  smtp && { ...queries.toSource(before).smtp, ...smtp };

export async function changeSource(
  work: MailWork,
  sealer: Sealer,
  id: string,
  { body, ifMatch }: { body: SourceChanges; ifMatch: number | null },
): Promise<MailSource> {
  const before = await lockSource(work, id, ifMatch);
  checkKind(before.kind, body);
  const settings = settingsOf(before.kind, body, before.settings);
  const password = body.imap?.password;
  // Else whoever may change a source could have the password that somebody else gave sent to a server of theirs.
  if (before.kind === 'imap' && password === undefined && !sameLogin(before.settings, settings))
    throw errors.validation([
      { path: '/imap/password', message: 'has to be given again with another server or user' },
    ]);
  await queries.updateSource(work.trx, id, {
    name: body.name ?? before.name,
    active: body.active ?? before.active,
    settings: JSON.stringify(settings),
    ...(password === undefined ? {} : { secret: sealSecret(sealer, work, id, password) }),
  });
  await replaceAddresses(work, id, merged(before, body.smtp));
  await queries.beginAnew(work.trx, id, sameMailbox(before.settings, settings));
  const after = await getSource(work, id);
  work.audit({
    action: 'email-scanning.mail-source.update',
    target: target(id),
    changes: {
      ...changed(before, after, audited),
      // That it changed is on record; what it is, is not.
      ...(password === undefined ? {} : { password: { before: '…', after: '…' } }),
    },
  });
  return queries.toSource(after);
}

const usualOverlapHours = 24;

/** A new secret for a webhook. The one before is good until the overlap is over. */
export async function rotateSecret(
  work: MailWork,
  sealer: Sealer,
  id: string,
  { overlapHours = usualOverlapHours, ifMatch }: { overlapHours?: number; ifMatch: number | null },
): Promise<MailSourceWithSecret> {
  const before = await lockSource(work, id, ifMatch);
  if (before.kind !== 'webhook')
    throw errors.conflict(
      'Only the secret of a webhook is made here; a password is changed with the source.',
    );
  // Sent twice, it would kill the secret that the provider still signs with.
  if (overlapHours > 0 && before.previous_secret_until && before.previous_secret_until > work.now)
    throw errors.conflict(
      'The secret before is good for a while yet: wait until then, or end it with overlapHours 0.',
      { previousSecretUntil: before.previous_secret_until.toISOString() },
    );
  const secret = newSecret();
  const until = overlapHours > 0 ? new Date(work.now.getTime() + overlapHours * 3_600_000) : null;
  await queries.updateSource(work.trx, id, {
    secret: sealSecret(sealer, work, id, secret),
    previous_secret: until && before.secret,
    previous_secret_until: until,
  });
  work.audit({
    action: 'email-scanning.mail-source.rotate-secret',
    target: target(id),
    changes: {
      secret: { before: '…', after: '…' },
      ...(until ? { previousSecretUntil: { before: null, after: until.toISOString() } } : {}),
    },
  });
  return { ...queries.toSource(await getSource(work, id)), secret };
}

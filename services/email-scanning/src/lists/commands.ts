import { type CreateListEntryBody, type ListEntry, maxListEntries } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkExpiry, normaliseValue } from './rules.ts';

type MailWork = Work<EmailScanningDb>;

const audited = ['effect', 'kind', 'value', 'note', 'expires_at'];

function noteRemoved(work: MailWork, row: queries.EntryRow, action: 'delete' | 'expire'): void {
  work.audit({
    action: `email-scanning.list-entry.${action}`,
    target: { type: 'list-entry', id: row.id },
    changes: changed(row, null, audited),
  });
}

/** Removes what is over, and tells so. Gives how many there were. */
export async function removeExpired(work: MailWork, limit = 500): Promise<number> {
  const rows = await queries.deleteExpired(work.trx, work.now, limit);
  for (const row of rows) noteRemoved(work, row, 'expire');
  return rows.length;
}

export async function createEntry(
  work: MailWork,
  { effect, kind, value, note, expiresAt }: Static<typeof CreateListEntryBody>,
): Promise<ListEntry> {
  const normalised = normaliseValue(kind, value);
  checkExpiry(expiresAt, work.now);
  // What is over must not stand in the way of what is new.
  await removeExpired(work);
  if ((await queries.lockAndCount(work.trx, work.tenantId)) >= maxListEntries)
    throw errors.conflict(`The list is full: it holds ${maxListEntries} entries.`, { limit: maxListEntries });
  const row = await queries
    .insertEntry(work.trx, {
      ...{ tenant_id: work.tenantId, id: newId(), effect, kind, value: normalised, note: note ?? null },
      expires_at: expiresAt === undefined ? null : new Date(expiresAt),
    })
    .catch((error) =>
      mapConstraint(error, {
        list_entries_value_key: () =>
          errors.conflict(`The list has ${normalised} already: take that entry off first.`, {
            field: 'value',
          }),
      }),
    );
  work.audit({
    action: 'email-scanning.list-entry.create',
    target: { type: 'list-entry', id: row.id },
    changes: changed(null, row, audited),
  });
  return queries.toEntry(row);
}

export async function deleteEntry(work: MailWork, id: string, ifMatch: number | null): Promise<void> {
  const row = await queries.lockEntry(work.trx, id);
  if (!row) throw errors.notFound('List entry', id);
  checkVersion(row.version, ifMatch);
  await queries.deleteEntry(work.trx, id);
  noteRemoved(work, row, 'delete');
}

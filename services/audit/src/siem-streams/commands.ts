import {
  type CreateSiemStreamBody,
  maxSiemStreams,
  type SiemStream,
  type SiemStreamWithSecret,
  type UpdateSiemStreamBody,
} from '@stockade/contracts/audit';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import { checkVersion, errors, mapConstraint, type SealedColumn } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkUrl, shownUrl } from './rules.ts';
import { sealerOfStreams, secretContext } from './sealing.ts';
import { newSecret } from './signing.ts';

type AuditWork = Work<AuditDb>;

const target = (id: string) => ({ type: 'siem-stream', id });
const hidden = { secret: { before: '…', after: '…' } };

/** For the background job that keeps them sealed with the current key. */
export const sealedSecrets: SealedColumn[] = ['secret', 'previous_secret'].map((column) => ({
  ...{ table: 'siem_streams', column, sealer: sealerOfStreams, context: secretContext },
}));

const audited = ({ name, url, actions, paused_by }: queries.StreamRow) => ({
  ...{ name, url: shownUrl(url), actions, pausedBy: paused_by },
});

const nameTaken = (error: unknown) =>
  mapConstraint(error, {
    siem_streams_name_key: () => errors.conflict('There is a stream of that name.', { field: 'name' }),
  });

async function lockStream(work: AuditWork, id: string, ifMatch: number | null): Promise<queries.StreamRow> {
  const row = await queries.lockStream(work.trx, id);
  if (!row) throw errors.notFound('SIEM stream', id);
  checkVersion(row.version, ifMatch);
  return row;
}

interface Parts {
  sealer: Sealer;
  allowPrivate: boolean;
}

export async function createStream(
  work: AuditWork,
  { sealer, allowPrivate }: Parts,
  { name, url, actions = [], from = 'now' }: Static<typeof CreateSiemStreamBody>,
): Promise<SiemStreamWithSecret> {
  checkUrl(url, allowPrivate);
  if ((await queries.lockAndCount(work.trx, work.tenantId)) >= maxSiemStreams)
    throw errors.conflict(`There are ${maxSiemStreams} streams already: end one first.`, {
      limit: maxSiemStreams,
    });
  const [id, secret] = [newId(), newSecret()];
  const row = await queries
    .insertStream(work.trx, {
      ...{ tenant_id: work.tenantId, id, name, url, actions },
      secret: sealer.seal(Buffer.from(secret), secretContext(work.tenantId, id)),
      delivered: from === 'start' ? 0 : await queries.logSize(work.trx),
    })
    .catch(nameTaken);
  work.audit({
    action: 'audit.siem-stream.create',
    target: target(id),
    changes: changed(null, audited(row)),
  });
  return { ...queries.toStream(row), secret };
}

export async function changeStream(
  work: AuditWork,
  { allowPrivate }: Pick<Parts, 'allowPrivate'>,
  id: string,
  { body, ifMatch }: { body: Static<typeof UpdateSiemStreamBody>; ifMatch: number | null },
): Promise<SiemStream> {
  const before = await lockStream(work, id, ifMatch);
  const { active, ...fields } = body;
  if (fields.url !== undefined) checkUrl(fields.url, allowPrivate);
  const row = await queries
    .updateStream(work.trx, id, {
      ...fields,
      // What is under way was made for the filter before: whoever sends it has no say any more, and is waited for.
      ...{ batch_id: null, batch_end: null, lease: null },
      next_attempt_at: before.lease ? before.next_attempt_at : work.now,
      ...{ failures: 0, failing_since: null, last_error: null },
      ...(active === undefined ? {} : { paused_by: active ? null : 'person' }),
    })
    .catch(nameTaken);
  work.audit({
    action: 'audit.siem-stream.update',
    target: target(id),
    changes: changed(audited(before), audited(row)),
  });
  return queries.toStream(row);
}

export async function deleteStream(work: AuditWork, id: string, ifMatch: number | null): Promise<void> {
  const row = await lockStream(work, id, ifMatch);
  await queries.deleteStream(work.trx, id);
  work.audit({
    action: 'audit.siem-stream.delete',
    target: target(id),
    changes: changed(audited(row), null),
  });
}

const usualOverlapHours = 24;

/** A new secret; batches are signed with the one before as well until the overlap is over. */
export async function rotateSecret(
  work: AuditWork,
  sealer: Sealer,
  id: string,
  { overlapHours = usualOverlapHours, ifMatch }: { overlapHours?: number; ifMatch: number | null },
): Promise<SiemStreamWithSecret> {
  const before = await lockStream(work, id, ifMatch);
  // Sent twice, it would end the secret that the receiver still checks with.
  if (overlapHours > 0 && before.previous_secret_until && before.previous_secret_until > work.now)
    throw errors.conflict(
      'The secret before is good for a while yet: wait until then, or end it with overlapHours 0.',
      { previousSecretUntil: before.previous_secret_until.toISOString() },
    );
  const secret = newSecret();
  const until = overlapHours > 0 ? new Date(work.now.getTime() + overlapHours * 3_600_000) : null;
  const row = await queries.updateStream(work.trx, id, {
    secret: sealer.seal(Buffer.from(secret), secretContext(work.tenantId, id)),
    previous_secret: until && before.secret,
    previous_secret_until: until,
  });
  work.audit({
    action: 'audit.siem-stream.rotate-secret',
    target: target(id),
    changes: {
      ...hidden,
      ...(until ? { previousSecretUntil: { before: null, after: until.toISOString() } } : {}),
    },
  });
  return { ...queries.toStream(row), secret };
}

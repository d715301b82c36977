import { type CreateLegalHoldBody, type LegalHold, maxActiveHolds } from '@stockade/contracts/audit';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, toInstant } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { lockRetention } from '../retention/queries.ts';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';

const audited = ['reason', 'actor_id', 'target_type', 'target_id', 'occurred_from', 'occurred_to'];
const target = (id: string) => ({ type: 'legal-hold', id });

/** From its commit on nothing that it fits is removed: a removal that is under way is waited for, later ones see it. */
export async function placeHold(
  work: Work<AuditDb>,
  { reason, actorId, targetType, targetId, from, to }: Static<typeof CreateLegalHoldBody>,
): Promise<LegalHold> {
  const [start, end] = [from && toInstant(from, '/from'), to && toInstant(to, '/to')];
  if (start && end && start >= end)
    throw errors.validation([{ path: '/to', message: 'must be later than from' }]);
  await lockRetention(work.trx);
  if ((await queries.countActive(work.trx)) >= maxActiveHolds)
    throw errors.conflict(`There are ${maxActiveHolds} active holds already: release one first.`, {
      limit: maxActiveHolds,
    });
  const row = await queries.insertHold(work.trx, {
    ...{ tenant_id: work.tenantId, id: newId(), reason, placed_by: work.caller.actor },
    ...{ actor_id: actorId ?? null, target_type: targetType ?? null, target_id: targetId ?? null },
    ...{ occurred_from: start || null, occurred_to: end || null },
  });
  work.audit({
    action: 'audit.legal-hold.place',
    target: target(row.id),
    changes: changed(null, row, audited),
  });
  return queries.toHold(row);
}

export async function releaseHold(
  work: Work<AuditDb>,
  id: string,
  { reason, ifMatch }: { reason: string; ifMatch: number | null },
): Promise<LegalHold> {
  await lockRetention(work.trx);
  const before = await queries.lockHold(work.trx, id);
  if (!before) throw errors.notFound('Legal hold', id);
  checkVersion(before.version, ifMatch);
  if (before.released_at)
    throw errors.invalidState({ what: `Legal hold ${id}`, state: 'released', allowed: ['active'] });
  const row = await queries.markReleased(work.trx, id, { by: work.caller.actor, reason, at: work.now });
  work.audit({
    action: 'audit.legal-hold.release',
    target: target(id),
    changes: changed(before, row, ['released_at', 'release_reason']),
  });
  return queries.toHold(row);
}

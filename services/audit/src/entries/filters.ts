import { actionsOf, type Severity } from '@stockade/contracts';
import { errors, type FieldProblem, toInstant } from '@stockade/service-kit';
import type { ExpressionBuilder } from 'kysely';
import { wordsOf } from '../search/words.ts';
import type { AuditDb } from '../tables.ts';

/** Which entries are wanted: those that fit all of them. */
export interface EntryFilters {
  action?: string;
  severity?: Severity;
  actorId?: string;
  targetType?: string;
  targetId?: string;
  requestId?: string;
  from?: string;
  to?: string;
  search?: string;
}

/** Filters that no entry can fit are a mistake, and told. */
export function checkFilters({ from, to, search }: EntryFilters): void {
  const problems: FieldProblem[] = [];
  if (from !== undefined) toInstant(from, '/from');
  if (to !== undefined) toInstant(to, '/to');
  if (from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to))
    problems.push({ path: '/to', message: 'is before from' });
  if (search !== undefined && wordsOf(search).length === 0)
    problems.push({ path: '/search', message: 'has no letter and no digit' });
  if (problems.length > 0) throw errors.validation(problems);
}

/** All filters but `search`, as a condition on `entries`. */
export function fits(filters: EntryFilters) {
  return ({ and, eb }: ExpressionBuilder<AuditDb, 'entries'>) => {
    const { action, severity, actorId, targetType, targetId, requestId, from, to } = filters;
    return and([
      ...(action ? [eb('action', '=', action)] : []),
      // By what is of that severity now: entries from before severities are found too, and by an index.
      ...(severity ? [eb('action', 'in', actionsOf(severity))] : []),
      ...(actorId ? [eb('actor_id', '=', actorId)] : []),
      ...(targetType ? [eb('target_type', '=', targetType)] : []),
      ...(targetId ? [eb('target_id', '=', targetId)] : []),
      ...(requestId ? [eb('request_id', '=', requestId)] : []),
      ...(from ? [eb('occurred_at', '>=', new Date(from))] : []),
      ...(to ? [eb('occurred_at', '<', new Date(to))] : []),
    ]);
  };
}

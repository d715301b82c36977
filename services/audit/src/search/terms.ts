import { actionsOf } from '@stockade/contracts';
import type { AuditEntry } from '@stockade/contracts/audit';
import type { EntryFilters } from '../entries/filters.ts';
import { parseSearch, wordsOfEntry } from './words.ts';

const maxTermLength = 300;

/** Begins each term of a tenant: the random half of its id, which is enough to keep what is searched apart. */
const prefixOf = (tenantId: string) => tenantId.slice(-12);
/** What an entry is filtered by is a term too, which no word can be. */
const termOf = (tenantId: string, text: string) => `${prefixOf(tenantId)}${text}`.slice(0, maxTermLength);

/** The terms that an entry is found by in the index. */
export function termsOf(tenantId: string, entry: AuditEntry): string[] {
  const { action, actor, target, requestId } = entry;
  const filtered = [
    ...[`=action:${action}`, `=actor:${actor.id}`, `=type:${target.type}`, `=target:${target.id}`],
    ...(requestId === null ? [] : [`=request:${requestId}`]),
  ];
  const words = [...wordsOfEntry(entry)].map((word) => `:${word}`);
  return [...new Set([...filtered, ...words].map((text) => termOf(tenantId, text)))];
}

const quote = (term: string) => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** A search with its filters, all but the time, as a tsquery. */
export function toQuery(tenantId: string, filters: EntryFilters & { search: string }): string {
  const { action, severity, actorId, targetType, targetId, requestId, search } = filters;
  const one = (text: string) => quote(termOf(tenantId, text));
  const { words, beginning } = parseSearch(search);
  const anyAction = severity ? actionsOf(severity).map((each) => one(`=action:${each}`)) : [];
  return [
    ...(action ? [one(`=action:${action}`)] : []),
    ...(anyAction.length > 0 ? [`(${anyAction.join(' | ')})`] : []),
    ...(actorId ? [one(`=actor:${actorId}`)] : []),
    ...(targetType ? [one(`=type:${targetType}`)] : []),
    ...(targetId ? [one(`=target:${targetId}`)] : []),
    ...(requestId ? [one(`=request:${requestId}`)] : []),
    ...words.map((word) => one(`:${word}`)),
    ...(beginning === null ? [] : [`${one(`:${beginning}`)}:*`]),
  ].join(' & ');
}

import type { AuditEntry } from '@stockade/contracts/audit';
import { guard } from '@stockade/service-kit';
import { canonicalize } from '@stockade/transparency-log';
import { stringify } from 'csv-stringify/sync';
import type { Row } from './window.ts';

const columns = [
  ...['sequence', 'id', 'occurredAt', 'actorType', 'actorId', 'actorName', 'onBehalfOf', 'action'],
  ...['targetType', 'targetId', 'changes', 'ip', 'requestId', 'traceId', 'severity'],
];

/** RFC 4180. Cells that a spreadsheet would run as a formula have an apostrophe in front. */
const toCsv = (rows: readonly unknown[][]): string =>
  stringify(rows as unknown[][], { record_delimiter: '\r\n', cast: { string: guard } });

export const csvHeader = (): string => toCsv([columns]);

function toCells({ sequence, entry }: Row): unknown[] {
  const { id, occurredAt, actor, onBehalfOf, action, target, changes, ...rest } = JSON.parse(
    entry,
  ) as AuditEntry;
  return [
    ...[sequence, id, occurredAt, actor.type, actor.id, actor.name, onBehalfOf, action],
    ...[target.type, target.id, canonicalize(changes), rest.ip, rest.requestId, rest.traceId, rest.severity],
  ];
}

/** A line for each entry. */
export const csvLines = (rows: readonly Row[]): string[] => rows.map((row) => toCsv([toCells(row)]));

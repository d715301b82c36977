import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';
import { entryFilters } from './schemas.ts';

export const auditExportFormats = ['csv', 'ndjson'] as const;
export const auditExportStatuses = ['queued', 'running', 'completed', 'failed'] as const;

/** Entries of the log on their way out, as they were when it was begun. Kept for seven days. */
export const AuditExport = Type.Object(
  {
    ...ResourceFields,
    format: OneOf(auditExportFormats),
    filters: Type.Object(entryFilters),
    status: OneOf(auditExportStatuses),
    logSize: Nullable(
      Type.Integer({
        description: 'How many entries the log had when the export was begun; null before that.',
      }),
    ),
    processedEntries: Type.Integer({ description: 'How many of them were looked at.' }),
    exportedEntries: Type.Integer({ description: 'How many of them were wanted.' }),
    sizeBytes: Type.Integer(),
    failure: Nullable(Type.String()),
    finishedAt: Nullable(Timestamp),
    expiresAt: Timestamp,
  },
  { $id: 'AuditExport' },
);
export type AuditExport = Static<typeof AuditExport>;

export const CreateAuditExportBody = Strict({
  format: OneOf(auditExportFormats),
  ...entryFilters,
  since: Type.Optional(
    Type.Integer({
      ...{ minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      description:
        'The size of an older checkpoint that a filtered export, in the format ndjson, shall be comparable with.',
    }),
  ),
});

const shared = { service: 'audit', access: 'audit:read', isReport: true } as const;
const params = Strict({ exportId: Id });

export const createAuditExport = defineOperation({
  ...shared,
  ...{ id: 'createAuditExport', method: 'POST', tier: 'WRITE', path: '/v1/audit/exports' },
  summary: 'Export audit entries, as CSV or as NDJSON that can be verified offline',
  description:
    'Without filters the whole log. At most 4 GiB a file, and 8 GiB of them in a tenant. NDJSON holds what proves each entry with nothing but the public key: docs/audit-exports.md. In CSV texts that a spreadsheet would run as a formula have an apostrophe in front. A tenant has its exports made one after the other.',
  body: CreateAuditExportBody,
  responses: { 202: AuditExport },
});

export const listAuditExports = defineOperation({
  ...shared,
  ...{ id: 'listAuditExports', method: 'GET', tier: 'READ', path: '/v1/audit/exports' },
  summary: 'List exports, newest first',
  query: Strict({ ...ListFields, status: Type.Optional(OneOf(auditExportStatuses)) }),
  responses: { 200: Page(AuditExport) },
});

export const getAuditExport = defineOperation({
  ...shared,
  ...{ id: 'getAuditExport', method: 'GET', tier: 'READ', path: '/v1/audit/exports/:exportId' },
  summary: 'Read an export: its progress',
  params,
  responses: { 200: AuditExport },
});

export const getAuditExportContent = defineOperation({
  ...shared,
  ...{ id: 'getAuditExportContent', method: 'GET', tier: 'READ' },
  path: '/v1/audit/exports/:exportId/content',
  summary: 'Download a completed export; the log tells who did',
  params,
  produces: ['application/x-ndjson', 'text/csv'],
  responses: { 200: Type.String() },
});

export const exportOperations: readonly Operation[] = [
  createAuditExport,
  listAuditExports,
  getAuditExport,
  getAuditExportContent,
];

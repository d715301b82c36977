import { type Static, Type } from 'typebox';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';
import { jobStatuses } from './imports.ts';
import { changes, reads } from './kinds.ts';

export const exportKinds = ['items', 'balances', 'movements'] as const;

/** Rows on their way out, as CSV. Kept for a day. */
export const Export = Type.Object(
  {
    ...ResourceFields,
    kind: OneOf(exportKinds),
    status: OneOf(jobStatuses),
    totalRows: Type.Integer({ description: 'An estimate until it is completed.' }),
    writtenRows: Type.Integer(),
    failure: Nullable(Type.String()),
    finishedAt: Nullable(Timestamp),
    expiresAt: Timestamp,
  },
  { $id: 'Export' },
);
export type Export = Static<typeof Export>;

export const CreateExportBody = Strict({
  kind: OneOf(exportKinds),
  itemId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
});
const params = Strict({ exportId: Id });

export const createExport = changes({
  id: 'createExport',
  isReport: true,
  path: '/v1/inventory/exports',
  summary: 'Export items, balances or movements as CSV',
  description:
    'At most 1,000,000 rows. `siteId` is for balances and movements, `from` and `to` (of `occurredAt`) are for movements. Texts that a spreadsheet would run as a formula have an apostrophe in front. Stock that its maker counts is left out.',
  access: 'inventory:read',
  body: CreateExportBody,
  responses: { 202: Export },
});

export const listExports = reads({
  id: 'listExports',
  isReport: true,
  path: '/v1/inventory/exports',
  summary: 'List exports, newest first',
  query: Strict({ ...ListFields, status: Type.Optional(OneOf(jobStatuses)) }),
  responses: { 200: Page(Export) },
});

export const getExport = reads({
  id: 'getExport',
  isReport: true,
  path: '/v1/inventory/exports/:exportId',
  summary: 'Read an export: its progress',
  params,
  responses: { 200: Export },
});

export const getExportContent = reads({
  id: 'getExportContent',
  isReport: true,
  path: '/v1/inventory/exports/:exportId/content',
  summary: 'Download a completed export',
  params,
  produces: 'text/csv',
  responses: { 200: Type.String() },
});

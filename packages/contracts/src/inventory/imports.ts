import { type Static, Type } from 'typebox';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';
import { changes, reads } from './kinds.ts';

export const importKinds = ['items', 'locations', 'movements'] as const;
export const importModes = ['all', 'valid'] as const;
export const jobStatuses = ['queued', 'running', 'completed', 'failed'] as const;

/** Rows of a CSV file on their way in. Rows that cannot be taken are told with their lines in the file. */
export const Import = Type.Object(
  {
    ...ResourceFields,
    kind: OneOf(importKinds),
    mode: OneOf(importModes),
    status: OneOf(jobStatuses),
    totalRows: Type.Integer(),
    processedRows: Type.Integer(),
    appliedRows: Type.Integer(),
    badRows: Type.Integer(),
    errors: Type.Array(
      Type.Object({ line: Type.Integer(), column: Nullable(Type.String()), message: Type.String() }),
      { description: 'The first 1000; in lists the first 10.' },
    ),
    failure: Nullable(Type.String()),
    finishedAt: Nullable(Timestamp),
  },
  { $id: 'Import' },
);
export type Import = Static<typeof Import>;

export const createImport = changes({
  id: 'createImport',
  path: '/v1/inventory/imports',
  summary: 'Import items, locations or movements from CSV',
  description:
    "UTF-8 with a header row; at most 20 MB, 100,000 rows, and 10,000 rows of movements. `mode=all` (the default) applies nothing when one row is bad, `mode=valid` applies the good ones. A tenant's files are worked off one after the other. Columns of items: sku, name, unit, description, barcode, reorderPoint, reorderQuantity, allowNegative, lotTracked; of locations: site, code, name; of movements: type, sku, site, quantity, unit, location, lot, toSite, toLocation, reason, reference, occurredAt; with `mode=all` movements of at most 5,000 items.",
  query: Strict({ kind: OneOf(importKinds), mode: Type.Optional(OneOf(importModes)) }),
  consumes: ['text/csv'],
  bodyLimit: 20 * 1024 * 1024,
  responses: { 202: Import },
});

export const listImports = reads({
  id: 'listImports',
  isReport: true,
  path: '/v1/inventory/imports',
  summary: 'List imports, newest first',
  query: Strict({ ...ListFields, status: Type.Optional(OneOf(jobStatuses)) }),
  responses: { 200: Page(Import) },
});

export const getImport = reads({
  id: 'getImport',
  isReport: true,
  path: '/v1/inventory/imports/:importId',
  summary: 'Read an import: its progress, and the rows that are bad',
  params: Strict({ importId: Id }),
  responses: { 200: Import },
});

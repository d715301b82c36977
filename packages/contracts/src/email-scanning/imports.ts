import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';

export const mailImportStatuses = ['queued', 'running', 'completed', 'failed'] as const;
export const mailImportFormats = ['mbox', 'zip'] as const;

/** The gateway and the service hold the file in memory while it comes in: larger archives come in several files. */
export const maxImportBytes = 64 * 1024 * 1024;

/** Messages of a file on their way in. */
export const MailImport = Type.Object(
  {
    ...ResourceFields,
    format: OneOf(mailImportFormats),
    status: OneOf(mailImportStatuses),
    source: Nullable(Type.String()),
    sizeBytes: Type.Integer(),
    total: Nullable(Type.Integer({ description: 'Null until they are counted.' })),
    done: Type.Integer({ description: 'Accepted, duplicate or refused.' }),
    accepted: Type.Integer(),
    duplicates: Type.Integer(),
    refused: Type.Integer(),
    refusals: Type.Array(
      Type.Object({ at: Type.Integer(), name: Nullable(Type.String()), reason: Type.String() }),
      { description: 'The first 100; `at` counts from 1.' },
    ),
    failure: Nullable(Type.String()),
    finishedAt: Nullable(Timestamp),
  },
  { $id: 'MailImport' },
);
export type MailImport = Static<typeof MailImport>;

const service = 'email-scanning' as const;

export const createMailImport = defineOperation({
  id: 'createMailImport',
  service,
  method: 'POST',
  path: '/v1/mail/imports',
  summary: 'Import an mbox, or a zip of .eml files',
  description:
    'At most 64 MiB a file and 100,000 messages in it. It is worked off in the background, one file of a tenant after the other; each message is stored and scanned like one that was sent in.',
  access: 'mail:write',
  tier: 'WRITE',
  query: Strict({ source: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) }),
  consumes: ['application/mbox', 'application/zip'],
  bodyLimit: maxImportBytes,
  responses: { 202: MailImport },
});

export const listMailImports = defineOperation({
  id: 'listMailImports',
  isReport: true,
  service,
  method: 'GET',
  path: '/v1/mail/imports',
  summary: 'List imports, newest first',
  access: 'mail:read',
  tier: 'READ',
  query: Strict({ ...ListFields, status: Type.Optional(OneOf(mailImportStatuses)) }),
  responses: { 200: Page(MailImport) },
});

export const getMailImport = defineOperation({
  id: 'getMailImport',
  isReport: true,
  service,
  method: 'GET',
  path: '/v1/mail/imports/:importId',
  summary: 'Read an import: its progress, and what was refused',
  access: 'mail:read',
  tier: 'READ',
  params: Strict({ importId: Id }),
  responses: { 200: MailImport },
});

export const importOperations: readonly Operation[] = [createMailImport, listMailImports, getMailImport];

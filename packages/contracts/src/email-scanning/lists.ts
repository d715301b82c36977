import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';

export const listEffects = ['allow', 'block'] as const;
export const listKinds = ['address', 'domain', 'ip', 'url-host', 'sha256'] as const;

/** So many entries a tenant may have. */
export const maxListEntries = 10_000;

const Note = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

/** Something that the tenant trusts or refuses. `value` as it is compared: lower case, domains in ASCII. */
export const ListEntry = Type.Object(
  {
    ...ResourceFields,
    effect: OneOf(listEffects),
    kind: OneOf(listKinds),
    value: Type.String(),
    note: Nullable(Type.String()),
    expiresAt: Nullable(Timestamp),
  },
  { $id: 'ListEntry' },
);
export type ListEntry = Static<typeof ListEntry>;

export const CreateListEntryBody = Strict({
  effect: OneOf(listEffects),
  kind: OneOf(listKinds),
  value: Type.String({
    minLength: 3,
    maxLength: 320,
    description: 'A domain or host counts with all below it. `ip`: of the server that delivers; no ranges.',
  }),
  note: Type.Optional(Note),
  expiresAt: Type.Optional(Timestamp),
});

const ListEntryParams = Strict({ entryId: Id });
const service = 'email-scanning' as const;

export const createListEntry = defineOperation({
  id: 'createListEntry',
  service,
  method: 'POST',
  path: '/v1/mail/lists',
  summary: 'Allow or block an address, domain, server, host or file',
  description:
    'It counts for mail that is scanned from now on. What is blocked makes a mail malicious; what is allowed clears a mail of all but fraud, malware and known threats, and only of an honest sender. A value is allowed or blocked, never both.',
  access: 'mail:approve',
  tier: 'WRITE',
  body: CreateListEntryBody,
  responses: { 201: ListEntry },
});

export const listListEntries = defineOperation({
  id: 'listListEntries',
  service,
  method: 'GET',
  path: '/v1/mail/lists',
  summary: 'List what is allowed and blocked, newest first',
  access: 'mail:read',
  tier: 'READ',
  query: Strict({
    ...ListFields,
    effect: Type.Optional(OneOf(listEffects)),
    kind: Type.Optional(OneOf(listKinds)),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  }),
  responses: { 200: Page(ListEntry) },
});

export const getListEntry = defineOperation({
  id: 'getListEntry',
  service,
  method: 'GET',
  path: '/v1/mail/lists/:entryId',
  summary: 'Read an entry',
  access: 'mail:read',
  tier: 'READ',
  params: ListEntryParams,
  responses: { 200: ListEntry },
});

export const deleteListEntry = defineOperation({
  id: 'deleteListEntry',
  service,
  method: 'DELETE',
  path: '/v1/mail/lists/:entryId',
  summary: 'Take an entry off the list',
  access: 'mail:approve',
  tier: 'WRITE',
  params: ListEntryParams,
  responses: { 204: Type.Undefined() },
});

export const listOperations: readonly Operation[] = [
  createListEntry,
  listListEntries,
  getListEntry,
  deleteListEntry,
];

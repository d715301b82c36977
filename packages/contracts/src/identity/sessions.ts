import { type Static, Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, Strict, Timestamp } from '../scalars.ts';

const service = 'identity' as const;

/** How a session was signed in to: all but `password` are two factors. */
export const signInMethods = ['password', 'totp', 'recovery_code', 'passkey'] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const Session = Type.Object(
  {
    id: Id,
    current: Type.Boolean({ description: 'Whether this very call was made with it.' }),
    method: OneOf(signInMethods),
    userAgent: Nullable(
      Type.String({ description: 'As the browser named itself when it signed in, cut at 300 characters.' }),
    ),
    address: Nullable(Type.String({ description: 'Where the sign-in came from.' })),
    createdAt: Timestamp,
    lastSeenAt: Timestamp,
    expiresAt: Timestamp,
  },
  { $id: 'Session' },
);
export type Session = Static<typeof Session>;

export const listSessions = defineOperation({
  id: 'listSessions',
  service,
  method: 'GET',
  path: '/v1/auth/sessions',
  summary: 'List your own sessions that are still good, newest first',
  access: 'authenticated',
  tier: 'READ',
  query: Strict(ListFields),
  responses: { 200: Page(Session) },
});

export const endSession = defineOperation({
  id: 'endSession',
  service,
  method: 'DELETE',
  path: '/v1/auth/sessions/:sessionId',
  summary: 'End one of your sessions at once',
  access: 'authenticated',
  tier: 'WRITE',
  params: Strict({ sessionId: Id }),
  responses: { 204: Type.Undefined() },
});

export const sessionOperations = [listSessions, endSession] as const;

import { type Static, Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Email, Id, Name, Nullable, OneOf, Strict, Timestamp } from '../scalars.ts';
import { Password, UserParams } from './schemas.ts';

const service = 'identity' as const;
const nothing = Type.Undefined();
/** Anybody may send one, and the gateway has to read it to know what it counts for. */
const bodyLimit = 16 * 1024;

/** The secret of a link that was mailed. */
const Token = Type.String({ pattern: '^[A-Za-z0-9_-]{64}$', description: 'From the link in the mail.' });

/** The same whatever is known of the address. */
export const Accepted = Type.Object({ status: OneOf(['accepted'] as const) });

export const RequestPasswordResetBody = Strict({ email: Email });
export const ConfirmPasswordResetBody = Strict({ token: Token, password: Password });
export const AcceptInvitationBody = Strict({
  token: Token,
  password: Password,
  name: Type.Optional(Name),
});
export const RequestEmailChangeBody = Strict({
  email: Email,
  currentPassword: Type.String({ minLength: 1, maxLength: 128 }),
});
export const ConfirmEmailChangeBody = Strict({ token: Token });

export const accountMailStatuses = ['queued', 'sent', 'failed'] as const;

/** The latest invitation of a user, and what became of its mail. */
export const Invitation = Type.Object({
  id: Id,
  userId: Id,
  email: Type.String(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  mail: Type.Object({
    status: OneOf(accountMailStatuses),
    note: Nullable(Type.String({ description: 'Why it waits or failed.' })),
    sentAt: Nullable(Timestamp),
  }),
});
export type Invitation = Static<typeof Invitation>;

export const requestPasswordReset = defineOperation({
  id: 'requestPasswordReset',
  service,
  method: 'POST',
  path: '/v1/auth/password-resets',
  summary: 'Have a link to set a new password mailed to you',
  description:
    'The answer is the same whether anybody has this address or not. The link is good once, for 30 minutes; at most three an hour are mailed.',
  access: 'public',
  tier: 'AUTH',
  body: RequestPasswordResetBody,
  bodyLimit,
  responses: { 202: Accepted },
});

export const confirmPasswordReset = defineOperation({
  id: 'confirmPasswordReset',
  service,
  method: 'POST',
  path: '/v1/auth/password-resets/confirm',
  summary: 'Set a new password with the token of a link',
  description: 'Ends all sessions of the user, and every other link that was mailed.',
  access: 'public',
  tier: 'AUTH',
  body: ConfirmPasswordResetBody,
  bodyLimit,
  responses: { 204: nothing },
});

export const acceptInvitation = defineOperation({
  id: 'acceptInvitation',
  service,
  method: 'POST',
  path: '/v1/auth/invitations/accept',
  summary: 'Accept an invitation with the token of its link',
  description: 'The user has this password from then on, and can sign in.',
  access: 'public',
  tier: 'AUTH',
  body: AcceptInvitationBody,
  bodyLimit,
  responses: { 204: nothing },
});

export const requestEmailChange = defineOperation({
  id: 'requestEmailChange',
  service,
  method: 'POST',
  path: '/v1/auth/email-changes',
  summary: 'Change your own e-mail address: a link to confirm goes to the new one',
  description:
    'Nothing changes before the link is used, within a day; a notice goes to the old address. The answer is the same whether the new address is taken or not.',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: RequestEmailChangeBody,
  responses: { 202: Accepted },
});

export const confirmEmailChange = defineOperation({
  id: 'confirmEmailChange',
  service,
  method: 'POST',
  path: '/v1/auth/email-changes/confirm',
  summary: 'Confirm a new e-mail address with the token of a link',
  description: 'Ends all sessions of the user, and every other link that was mailed.',
  access: 'public',
  tier: 'AUTH',
  body: ConfirmEmailChangeBody,
  bodyLimit,
  responses: { 204: nothing },
});

export const getInvitation = defineOperation({
  id: 'getInvitation',
  service,
  method: 'GET',
  path: '/v1/identity/users/:userId/invitation',
  summary: "Read a user's latest invitation, and what became of its mail",
  access: 'identity:read',
  tier: 'READ',
  params: UserParams,
  responses: { 200: Invitation },
});

export const sendInvitation = defineOperation({
  id: 'sendInvitation',
  service,
  method: 'POST',
  path: '/v1/identity/users/:userId/invitation',
  summary: 'Invite a user once more',
  description: 'The link that was mailed before is dead from then on. At most three an hour.',
  access: 'identity:write',
  tier: 'WRITE',
  params: UserParams,
  responses: { 202: Invitation },
});

export const accountOperations = [
  requestPasswordReset,
  confirmPasswordReset,
  acceptInvitation,
  requestEmailChange,
  confirmEmailChange,
  getInvitation,
  sendInvitation,
] as const;

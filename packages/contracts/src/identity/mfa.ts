import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Id, OneOf, Strict } from '../scalars.ts';
import { CurrentPassword, LoginAnswer } from './schemas.ts';

const service = 'identity' as const;
const nothing = Type.Undefined();

const secondFactor = {
  code: Type.Optional(
    Type.String({ pattern: '^[0-9]{6}$', description: 'What the authenticator app shows.' }),
  ),
  recoveryCode: Type.Optional(
    Type.String({ minLength: 16, maxLength: 40, description: 'In place of a code; each works once.' }),
  ),
};
/** The fields given, and exactly one of `code` and `recoveryCode`. */
const withSecondFactor = <P extends Record<string, Type.TSchema>>(fields: P) => {
  const size = Object.keys(fields).length + 1;
  return Strict({ ...fields, ...secondFactor }, { minProperties: size, maxProperties: size });
};

export const mfaMethods = ['totp', 'recovery_code'] as const;

/** `error.details` of the MFA_REQUIRED that answers a right password of somebody with a second factor. */
export const MfaRequired = Type.Object(
  {
    mfaToken: Type.String({ description: 'For POST /v1/auth/login/mfa; good for 5 minutes and 5 attempts.' }),
    methods: Type.Array(OneOf(mfaMethods)),
  },
  { $id: 'MfaRequired' },
);

export const RecoveryCodes = Type.Object({
  recoveryCodes: Type.Array(Type.String(), {
    description: 'Shown this once. Each signs in once in place of a code.',
  }),
});

export const loginMfa = defineOperation({
  id: 'loginMfa',
  service,
  method: 'POST',
  path: '/v1/auth/login/mfa',
  summary: 'Finish a sign-in with the second factor',
  description:
    'After `login` answered 403 `MFA_REQUIRED` with an `mfaToken`. Give one of `code` and `recoveryCode`. A wrong one is a 401 `INVALID_CREDENTIALS` with `details.attemptsLeft`; an unknown, used or expired token a 401 `UNAUTHENTICATED`: sign in again.',
  access: 'public',
  tier: 'AUTH',
  body: withSecondFactor({ mfaToken: Type.String({ minLength: 1, maxLength: 100 }) }),
  bodyLimit: 16 * 1024,
  responses: { 200: LoginAnswer },
});

export const getMfa = defineOperation({
  id: 'getMfa',
  service,
  method: 'GET',
  path: '/v1/auth/mfa',
  summary: 'Which second factors you have',
  access: 'authenticated',
  tier: 'READ',
  responses: {
    200: Type.Object({
      totp: OneOf(['none', 'pending', 'active'] as const),
      recoveryCodesLeft: Type.Integer(),
      passkeys: Type.Integer(),
    }),
  },
});

export const createTotp = defineOperation({
  id: 'createTotp',
  service,
  method: 'POST',
  path: '/v1/auth/mfa/totp',
  summary: 'Begin to set up codes of an authenticator app (TOTP)',
  description:
    'The secret is shown this once, and asked for at no sign-in before it is confirmed with a code. The same again makes another secret.',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: Strict({ currentPassword: CurrentPassword }),
  responses: {
    201: Type.Object({
      secret: Type.String({ description: 'Base32, for typing in.' }),
      uri: Type.String({ description: 'otpauth://…, for a QR code.' }),
    }),
  },
});

export const confirmTotp = defineOperation({
  id: 'confirmTotp',
  service,
  method: 'POST',
  path: '/v1/auth/mfa/totp/confirm',
  summary: 'Confirm the authenticator app with a code: from now on sign-ins ask for one',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: Strict({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  responses: { 200: RecoveryCodes },
});

export const deleteTotp = defineOperation({
  id: 'deleteTotp',
  service,
  method: 'DELETE',
  path: '/v1/auth/mfa/totp',
  summary: 'Remove the authenticator app and the recovery codes',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: withSecondFactor({ currentPassword: CurrentPassword }),
  responses: { 204: nothing },
});

export const renewRecoveryCodes = defineOperation({
  id: 'renewRecoveryCodes',
  service,
  method: 'POST',
  path: '/v1/auth/mfa/recovery-codes',
  summary: 'Make new recovery codes; those before are dead',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: withSecondFactor({ currentPassword: CurrentPassword }),
  responses: { 200: RecoveryCodes },
});

export const resetUserMfa = defineOperation({
  id: 'resetUserMfa',
  service,
  method: 'DELETE',
  path: '/v1/identity/users/:userId/mfa',
  summary: "Remove all of a user's second factors, for somebody who lost them",
  description:
    "Authenticator app, recovery codes and passkeys. Ends the user's sessions at once. Not for one's own: that takes the password and a code.",
  access: 'identity:write',
  tier: 'SENSITIVE',
  params: Strict({ userId: Id }),
  responses: { 204: nothing },
});

export const mfaOperations = [
  loginMfa,
  getMfa,
  createTotp,
  confirmTotp,
  deleteTotp,
  renewRecoveryCodes,
  resetUserMfa,
] as const;

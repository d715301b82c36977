import { type Static, type TSchema, Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Id, ListFields, Name, Nullable, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';
import { CurrentPassword, LoginAnswer } from './schemas.ts';

const service = 'identity' as const;

export const Passkey = Type.Object(
  {
    ...ResourceFields,
    name: Type.String(),
    backedUp: Type.Boolean({
      description: 'Whether the authenticator keeps it elsewhere, too (synchronised).',
    }),
    lastUsedAt: Nullable(Timestamp),
  },
  { $id: 'Passkey' },
);
export type Passkey = Static<typeof Passkey>;

const Base64Url = (maxLength: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]*$', minLength: 1, maxLength });
const CredentialId = Base64Url(1_400);
/** What browsers add to a credential from time to time is let through, and not looked at. */
const credential = { id: CredentialId, rawId: CredentialId, type: Type.Literal('public-key') };
/** No body of ours has the one key that JavaScript takes for something else. */
const Open = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { propertyNames: { not: { const: '__proto__' } } });

/** WebAuthn's options as `navigator.credentials` takes them in JSON (`parseCreationOptionsFromJSON` …). */
const Options = Type.Object(
  { challenge: Type.String() },
  { additionalProperties: true, description: 'As WebAuthn Level 3 defines it in JSON.' },
);

/** RegistrationResponseJSON of WebAuthn Level 3, as `PublicKeyCredential.toJSON()` gives it. */
export const RegistrationResponse = Open({
  ...credential,
  response: Open({
    clientDataJSON: Base64Url(8_192),
    attestationObject: Base64Url(32_768),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })),
  }),
});
export type RegistrationResponse = Static<typeof RegistrationResponse>;

/** AuthenticationResponseJSON of WebAuthn Level 3. */
export const AuthenticationResponse = Open({
  ...credential,
  response: Open({
    clientDataJSON: Base64Url(8_192),
    authenticatorData: Base64Url(8_192),
    signature: Base64Url(8_192),
    userHandle: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
  }),
});
export type AuthenticationResponse = Static<typeof AuthenticationResponse>;

const PasskeyParams = Strict({ passkeyId: Id });
const bodyLimit = 64 * 1024;

export const passkeyRegistrationOptions = defineOperation({
  id: 'passkeyRegistrationOptions',
  service,
  method: 'POST',
  path: '/v1/auth/passkeys/registration/options',
  summary: 'Begin to add a passkey',
  description: 'The answer is for `navigator.credentials.create`; good for 5 minutes, once.',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: Strict({ currentPassword: CurrentPassword }),
  responses: { 200: Options },
});

export const createPasskey = defineOperation({
  id: 'createPasskey',
  service,
  method: 'POST',
  path: '/v1/auth/passkeys/registration',
  summary: 'Add the passkey that the authenticator made',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: Strict({ name: Name, credential: RegistrationResponse }),
  bodyLimit,
  responses: { 201: Passkey },
});

export const listPasskeys = defineOperation({
  id: 'listPasskeys',
  service,
  method: 'GET',
  path: '/v1/auth/passkeys',
  summary: 'List your own passkeys, newest first',
  access: 'authenticated',
  tier: 'READ',
  query: Strict(ListFields),
  responses: { 200: Page(Passkey) },
});

export const getPasskey = defineOperation({
  id: 'getPasskey',
  service,
  method: 'GET',
  path: '/v1/auth/passkeys/:passkeyId',
  summary: 'Read one of your passkeys',
  access: 'authenticated',
  tier: 'READ',
  params: PasskeyParams,
  responses: { 200: Passkey },
});

export const renamePasskey = defineOperation({
  id: 'renamePasskey',
  service,
  method: 'PATCH',
  path: '/v1/auth/passkeys/:passkeyId',
  summary: 'Rename one of your passkeys',
  access: 'authenticated',
  tier: 'WRITE',
  params: PasskeyParams,
  body: Strict({ name: Name }),
  responses: { 200: Passkey },
});

export const deletePasskey = defineOperation({
  id: 'deletePasskey',
  service,
  method: 'DELETE',
  path: '/v1/auth/passkeys/:passkeyId',
  summary: 'Remove one of your passkeys: it signs in no more',
  access: 'authenticated',
  tier: 'SENSITIVE',
  params: PasskeyParams,
  responses: { 204: Type.Undefined() },
});

export const passkeySignInOptions = defineOperation({
  id: 'passkeySignInOptions',
  service,
  method: 'POST',
  path: '/v1/auth/passkeys/authentication/options',
  summary: 'Begin to sign in with a passkey',
  description:
    'The answer is for `navigator.credentials.get`, names no account, and is good for 5 minutes, once.',
  access: 'public',
  tier: 'WRITE',
  bodyLimit: 1024,
  responses: { 200: Options },
});

export const signInWithPasskey = defineOperation({
  id: 'signInWithPasskey',
  service,
  method: 'POST',
  path: '/v1/auth/passkeys/authentication',
  summary: 'Sign in with a passkey; no second factor is asked for besides',
  access: 'public',
  tier: 'AUTH',
  body: Strict({ credential: AuthenticationResponse }),
  bodyLimit,
  responses: { 200: LoginAnswer },
});

export const passkeyOperations = [
  passkeyRegistrationOptions,
  createPasskey,
  listPasskeys,
  getPasskey,
  renamePasskey,
  deletePasskey,
  passkeySignInOptions,
  signInWithPasskey,
] as const;

import { Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { accountOperations } from './accounts.ts';
import { featureFlagOperations } from './feature-flags.ts';
import { mfaOperations } from './mfa.ts';
import { passkeyOperations } from './passkeys.ts';
import * as s from './schemas.ts';
import { sessionOperations } from './sessions.ts';

export * from './accounts.ts';
export * from './feature-flags.ts';
export * from './flag-targeting.ts';
export * from './mfa.ts';
export * from './passkeys.ts';
export * from './schemas.ts';
export * from './sessions.ts';

const service = 'identity' as const;
const nothing = Type.Undefined();

export const login = defineOperation({
  id: 'login',
  service,
  method: 'POST',
  path: '/v1/auth/login',
  summary: 'Sign in with e-mail and password',
  description:
    'Sets the session cookie. Send the CSRF token as `x-csrf-token` with every change. Somebody with a second factor gets no session yet, but a 403 `MFA_REQUIRED` with `details: { mfaToken, methods }` for `loginMfa`.',
  access: 'public',
  tier: 'AUTH',
  body: s.LoginBody,
  // Anybody may send one, and the gateway has to read it to know the account.
  bodyLimit: 16 * 1024,
  responses: { 200: s.LoginAnswer },
});

export const logout = defineOperation({
  id: 'logout',
  service,
  method: 'POST',
  path: '/v1/auth/logout',
  summary: 'End this session',
  access: 'authenticated',
  tier: 'WRITE',
  responses: { 204: nothing },
});

export const getSession = defineOperation({
  id: 'getSession',
  service,
  method: 'GET',
  path: '/v1/auth/session',
  summary: 'Who is signed in, and what they may do',
  access: 'authenticated',
  tier: 'READ',
  responses: { 200: s.SessionAnswer },
});

export const changePassword = defineOperation({
  id: 'changePassword',
  service,
  method: 'POST',
  path: '/v1/auth/password',
  summary: 'Change your own password',
  description:
    'Ends all of your sessions and opens a new one: the answer sets its cookie and gives its CSRF token.',
  access: 'authenticated',
  tier: 'SENSITIVE',
  body: s.ChangePasswordBody,
  responses: { 200: s.LoginAnswer },
});

export const getTenant = defineOperation({
  id: 'getTenant',
  service,
  method: 'GET',
  path: '/v1/identity/tenant',
  summary: 'Read your tenant',
  access: 'identity:read',
  tier: 'READ',
  responses: { 200: s.Tenant },
});

export const updateTenant = defineOperation({
  id: 'updateTenant',
  service,
  method: 'PATCH',
  path: '/v1/identity/tenant',
  summary: 'Change your tenant: its name, its own mail domains',
  access: 'identity:write',
  tier: 'SENSITIVE',
  body: s.UpdateTenantBody,
  responses: { 200: s.Tenant },
});

export const createUser = defineOperation({
  id: 'createUser',
  service,
  method: 'POST',
  path: '/v1/identity/users',
  summary: 'Add a user',
  description:
    'With a password, or the bcrypt hash that another system has of it, the user can sign in at once; without one the user is invited: a link, good for 7 days, goes to the address.',
  access: 'identity:write',
  tier: 'WRITE',
  body: s.CreateUserBody,
  responses: { 201: s.User },
});

export const listUsers = defineOperation({
  id: 'listUsers',
  service,
  method: 'GET',
  path: '/v1/identity/users',
  summary: 'List users, newest first',
  access: 'identity:read',
  tier: 'READ',
  query: s.UserListQuery,
  responses: { 200: s.UserPage },
});

export const getUser = defineOperation({
  id: 'getUser',
  service,
  method: 'GET',
  path: '/v1/identity/users/:userId',
  summary: 'Read a user',
  access: 'identity:read',
  tier: 'READ',
  params: s.UserParams,
  responses: { 200: s.User },
});

export const updateUser = defineOperation({
  id: 'updateUser',
  service,
  method: 'PATCH',
  path: '/v1/identity/users/:userId',
  summary: 'Change a user',
  description: "A new role, a new password and disabling end all of the user's sessions at once.",
  access: 'identity:write',
  tier: 'SENSITIVE',
  params: s.UserParams,
  body: s.UpdateUserBody,
  responses: { 200: s.User },
});

export const deleteUser = defineOperation({
  id: 'deleteUser',
  service,
  method: 'DELETE',
  path: '/v1/identity/users/:userId',
  summary: 'Remove a user, with sessions and API keys',
  access: 'identity:write',
  tier: 'SENSITIVE',
  params: s.UserParams,
  responses: { 204: nothing },
});

export const createApiKey = defineOperation({
  id: 'createApiKey',
  service,
  method: 'POST',
  path: '/v1/identity/api-keys',
  summary: 'Make an API key',
  description: 'The key is shown this once. It can do no more than you can.',
  access: 'identity:write',
  tier: 'SENSITIVE',
  body: s.CreateApiKeyBody,
  responses: { 201: s.NewApiKey },
});

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  service,
  method: 'GET',
  path: '/v1/identity/api-keys',
  summary: 'List API keys, newest first',
  access: 'identity:read',
  tier: 'READ',
  query: s.ApiKeyListQuery,
  responses: { 200: s.ApiKeyPage },
});

export const getApiKey = defineOperation({
  id: 'getApiKey',
  service,
  method: 'GET',
  path: '/v1/identity/api-keys/:keyId',
  summary: 'Read an API key (never its secret)',
  access: 'identity:read',
  tier: 'READ',
  params: s.ApiKeyParams,
  responses: { 200: s.ApiKey },
});

export const rotateApiKey = defineOperation({
  id: 'rotateApiKey',
  service,
  method: 'POST',
  path: '/v1/identity/api-keys/:keyId/rotate',
  summary: 'Replace an API key by a new one',
  description:
    'The new key has the same name and scopes and is shown this once; both are good until the overlap is over. Where the old one was to expire, the new one lives for as long as that was to, unless `expiresAt` says else.',
  access: 'identity:write',
  tier: 'SENSITIVE',
  params: s.ApiKeyParams,
  body: Type.Optional(s.RotateApiKeyBody),
  responses: { 201: s.NewApiKey },
});

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  service,
  method: 'DELETE',
  path: '/v1/identity/api-keys/:keyId',
  summary: 'Revoke an API key at once',
  access: 'identity:write',
  tier: 'SENSITIVE',
  params: s.ApiKeyParams,
  responses: { 204: nothing },
});

export const createTenant = defineOperation({
  id: 'createTenant',
  service,
  method: 'POST',
  path: '/v1/admin/tenants',
  summary: 'Make a tenant with its first owner',
  access: 'operator',
  tier: 'SENSITIVE',
  body: s.CreateTenantBody,
  responses: { 201: s.Tenant },
});

export const listTenants = defineOperation({
  id: 'listTenants',
  service,
  method: 'GET',
  path: '/v1/admin/tenants',
  summary: 'List tenants, newest first',
  access: 'operator',
  tier: 'READ',
  query: s.TenantListQuery,
  responses: { 200: s.TenantPage },
});

export const changePlan = defineOperation({
  id: 'changePlan',
  service,
  method: 'PATCH',
  path: '/v1/admin/tenants/:tenantId',
  summary: "Change a tenant's plan: what multiplies its rate limits, at once",
  access: 'operator',
  tier: 'SENSITIVE',
  params: s.TenantParams,
  body: s.ChangePlanBody,
  responses: { 200: s.Tenant },
});

export const authenticateCredential = defineOperation({
  id: 'authenticateCredential',
  service,
  method: 'POST',
  path: '/internal/authenticate',
  summary: 'Whose credential this is; 401 when it is nobody’s or dead',
  access: 'internal',
  tier: 'READ',
  body: s.AuthenticateBody,
  responses: { 200: s.Authenticated },
});

export const createDemoTenant = defineOperation({
  id: 'createDemoTenant',
  service,
  method: 'POST',
  path: '/internal/demo',
  summary: 'Make the demo tenant with given credentials; the same again changes nothing',
  access: 'operator',
  tier: 'SENSITIVE',
  body: s.DemoBody,
  responses: { 200: s.DemoAnswer },
});

export const identityOperations: readonly Operation[] = [
  login,
  logout,
  getSession,
  changePassword,
  ...accountOperations,
  ...sessionOperations,
  ...mfaOperations,
  ...passkeyOperations,
  getTenant,
  updateTenant,
  createUser,
  listUsers,
  getUser,
  updateUser,
  deleteUser,
  createApiKey,
  listApiKeys,
  getApiKey,
  rotateApiKey,
  revokeApiKey,
  ...featureFlagOperations,
  createTenant,
  listTenants,
  changePlan,
  authenticateCredential,
  createDemoTenant,
];

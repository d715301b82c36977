import { type Static, Type } from 'typebox';
import { Role, Scope, ScopeList } from '../access.ts';
import { Principal, type TenantMode, tenantModes } from '../principal.ts';
import {
  DomainName,
  Email,
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';

/** The cookie that carries a browser's session. */
export const sessionCookie = 'stockade_session';
/** The cookie by which a browser is known that somebody signed in with before: guessing from elsewhere does not lock it out. */
export const deviceCookie = 'stockade_device';
/** The gateway passes that cookie on in it, and none of the others. */
export const deviceHeader = 'x-stockade-device';
/** Told by identity beside an answer that ended credentials: the gateway forgets them before it answers. */
export const revokedHeader = 'x-stockade-revoked';
/** The PostgreSQL channel on which all gateways hear the same. */
export const revocationChannel = 'identity_revocations';

/** What was ended: one session or key, or all of a user's or a tenant's. */
export const Revocation = Type.Object({
  sessionId: Type.Optional(Id),
  keyId: Type.Optional(Id),
  userId: Type.Optional(Id),
  tenantId: Type.Optional(Id),
});
export type Revocation = Static<typeof Revocation>;

export const userStatuses = ['active', 'invited', 'disabled'] as const;

export const User = Type.Object(
  { ...ResourceFields, email: Type.String(), name: Type.String(), role: Role, status: OneOf(userStatuses) },
  { $id: 'User' },
);
export type User = Static<typeof User>;

const planFactorDescription =
  "Multiplies the tenant's rate limits READ, WRITE, KEY, MAIL and TENANT. Set by the platform's operator.";
export const PlanFactor = Type.Number({ minimum: 0.1, maximum: 100, description: planFactorDescription });

export const Tenant = Type.Object(
  {
    ...ResourceFields,
    name: Type.String(),
    status: OneOf(['active', 'suspended'] as const),
    mode: OneOf(tenantModes),
    mailDomains: Type.Array(Type.String()),
    planFactor: Type.Number({ description: planFactorDescription }),
  },
  { $id: 'Tenant' },
);
export type Tenant = Static<typeof Tenant>;

export const ApiKey = Type.Object(
  {
    ...ResourceFields,
    name: Type.String(),
    prefix: Type.String({
      description: 'What the key begins with (stk_test_… in a test tenant): tells keys apart.',
    }),
    scopes: Type.Array(Scope),
    expiresAt: Nullable(Timestamp),
    lastUsedAt: Nullable(Timestamp),
    revokedAt: Nullable(Timestamp),
    replacedBy: Nullable(Id),
    createdBy: Id,
  },
  { $id: 'ApiKey' },
);
export type ApiKey = Static<typeof ApiKey>;

export const NewApiKey = Type.Object({
  ...ApiKey.properties,
  key: Type.Optional(
    Type.String({
      description: 'Shown this once; a repeated call with the same Idempotency-Key leaves it out.',
    }),
  ),
});

export const Password = Type.String({
  minLength: 12,
  maxLength: 128,
  description:
    'At least 12 characters of 3 of the 4 classes: lower case, upper case, digits, others. No common password.',
});

/**
 * As other systems stored it. The last characters of salt and hash hold no more bits than they have. Costs above 12
 * are rare, and would keep every refused sign-in waiting for most of a second and more.
 */
export const BcryptHash = Type.String({
  pattern: '^\\$2[aby]\\$(0[4-9]|1[0-2])\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$',
  description:
    'The bcrypt hash that another system has of the password, with a cost of 4 to 12, in place of a password. It is replaced by one of ours at the first sign-in.',
});

export const LoginBody = Strict({
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 128 }),
});
export const LoginAnswer = Type.Object({ user: User, csrfToken: Type.String() });

/** Asked for again where a stolen session must not be enough. */
export const CurrentPassword = Type.String({ minLength: 1, maxLength: 128 });

export const ChangePasswordBody = Strict({
  currentPassword: CurrentPassword,
  newPassword: Password,
});

export const SessionAnswer = Type.Object({
  user: Nullable(User),
  tenant: Nullable(Tenant),
  role: Nullable(Role),
  scopes: Type.Array(Scope),
  csrfToken: Nullable(
    Type.String({
      description: 'To be sent as x-csrf-token with every change; null for an API key, which needs none.',
    }),
  ),
});

export const UpdateTenantBody = Strict(
  {
    name: Type.Optional(Name),
    mailDomains: Type.Optional(Type.Array(DomainName, { maxItems: 50, uniqueItems: true })),
  },
  { minProperties: 1 },
);

export const CreateUserBody = Strict({
  email: Email,
  name: Name,
  role: Role,
  password: Type.Optional(Password),
  passwordHash: Type.Optional(BcryptHash),
});
export const UpdateUserBody = Strict(
  {
    name: Type.Optional(Name),
    role: Type.Optional(Role),
    status: Type.Optional(OneOf(['active', 'disabled'] as const)),
    password: Type.Optional(Password),
  },
  { minProperties: 1 },
);
export const UserParams = Strict({ userId: Id });
export const UserListQuery = Strict({
  ...ListFields,
  role: Type.Optional(Role),
  status: Type.Optional(OneOf(userStatuses)),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
export const UserPage = Page(User);

export const CreateApiKeyBody = Strict({
  name: Name,
  scopes: ScopeList,
  expiresAt: Type.Optional(Timestamp),
});
export const RotateApiKeyBody = Strict({
  overlapHours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 720,
      description: 'For so long both keys are good; 24 unless told. 0: the old one is dead at once.',
    }),
  ),
  expiresAt: Type.Optional(Timestamp),
});
export const ApiKeyParams = Strict({ keyId: Id });
export const ApiKeyListQuery = Strict(ListFields);
export const ApiKeyPage = Page(ApiKey);

export const CreateTenantBody = Strict({
  name: Name,
  ownerEmail: Email,
  ownerName: Name,
  ownerPassword: Password,
  mode: Type.Optional(
    Type.Unsafe<TenantMode>({
      ...OneOf(tenantModes),
      description: 'For ever; live unless told. From a test tenant no mail goes to the outside.',
    }),
  ),
  planFactor: Type.Optional(PlanFactor),
});
export const TenantParams = Strict({ tenantId: Id });
export const ChangePlanBody = Strict({ planFactor: PlanFactor });
export const TenantListQuery = Strict(ListFields);
export const TenantPage = Page(Tenant);

/** Asked by the gateway for each credential that it does not know. */
export const AuthenticateBody = Strict({
  credential: Strict({
    kind: OneOf(['api_key', 'session'] as const),
    value: Type.String({ minLength: 1, maxLength: 512 }),
  }),
});
export const Authenticated = Type.Object({
  principal: Principal,
  credentialId: Type.String(),
  /** The one that is given out, and those that are good; two while the session key is rotated. */
  csrfToken: Nullable(Type.String()),
  csrfTokens: Type.Optional(Type.Array(Type.String(), { maxItems: 10 })),
  /** Multiplies the tenant's limits, but AUTH and SENSITIVE. */
  planFactor: Type.Number(),
  expiresAt: Nullable(Timestamp),
});
export type Authenticated = Static<typeof Authenticated>;

export const DemoBody = Strict({
  tenantName: Name,
  userName: Name,
  email: Email,
  password: Password,
  apiKey: Type.String({ pattern: '^stk_live_[A-Za-z0-9_-]{43}_[A-Za-z0-9_-]{6}$' }),
});
export const DemoAnswer = Type.Object({ tenantId: Id });

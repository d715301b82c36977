import { loadConfig, processConfigFields, Secret } from '@stockade/service-kit/config';
import { type Static, Type } from 'typebox';

const ServiceUrl = (name: string) =>
  Type.String({
    pattern: '^(https?://[^/]+|unix:/.+)$',
    description: `Where ${name} answers: a URL without a path, or unix: and a socket's file`,
  });
const Max = (value: number) => Type.Integer({ default: value, minimum: 1, maximum: 1_000_000_000 });
const Seconds = (value: number) => Type.Integer({ default: value, minimum: 1, maximum: 86_400 });

export const tiers = ['AUTH', 'READ', 'WRITE', 'SENSITIVE', 'KEY', 'MAIL', 'IP', 'TENANT'] as const;
export type Tier = (typeof tiers)[number];

const Config = Type.Object({
  ...processConfigFields,
  DATABASE_SYSTEM_URL: Type.String({ pattern: '^postgres(ql)?://', description: 'For LISTEN' }),
  PRINCIPAL_PRIVATE_KEY: Secret('Ed25519, PKCS #8 PEM in base64: signs who calls'),
  IDENTITY_URL: ServiceUrl('identity'),
  INVENTORY_URL: ServiceUrl('inventory'),
  PURCHASING_URL: ServiceUrl('purchasing'),
  EMAIL_SCANNING_URL: ServiceUrl('email-scanning'),
  AUDIT_URL: ServiceUrl('audit'),
  TLS_CERT: Type.Optional(
    Type.String({ description: 'A file: certificate and chain in PEM. With TLS_KEY: HTTPS alone is served' }),
  ),
  TLS_KEY: Type.Optional(Type.String({ description: "A file: the certificate's key in PEM" })),
  CORS_ORIGINS: Type.String({
    default: '',
    description: 'Origins that browsers may call from, separated by commas',
  }),
  TRUSTED_PROXIES: Type.String({
    default: '',
    description: 'Addresses or CIDRs of the proxies in front, separated by commas',
  }),
  DEPRECATIONS: Type.String({
    default: '',
    description: 'Parts of the API that are going away, separated by commas: path, since, end, link',
  }),
  BACKUP_STATUS_FILE: Type.Optional(
    Type.String({ description: 'Where the launcher writes down how backups are' }),
  ),
  UPSTREAM_TIMEOUT_MS: Type.Integer({ default: 30_000, minimum: 100, maximum: 30_000 }),
  BREAKER_FAILURES: Type.Integer({ default: 5, minimum: 1, maximum: 1_000 }),
  BREAKER_OPEN_SECONDS: Type.Integer({ default: 30, minimum: 1, maximum: 3_600 }),
  BREAKER_PROBES: Type.Integer({ default: 3, minimum: 1, maximum: 100 }),
  RETRY_BUDGET_PERCENT: Type.Integer({ default: 20, minimum: 0, maximum: 100 }),
  MAX_CONCURRENT_CALLS: Type.Integer({ default: 500, minimum: 1, maximum: 100_000 }),
  // Below the connections to a service.
  MAX_CONCURRENT_CALLS_PER_TENANT: Type.Integer({ default: 100, minimum: 1, maximum: 100_000 }),
  RATE_LIMIT_AUTH_MAX: Max(5),
  RATE_LIMIT_AUTH_WINDOW_SECONDS: Seconds(900),
  RATE_LIMIT_READ_MAX: Max(100),
  RATE_LIMIT_READ_WINDOW_SECONDS: Seconds(60),
  RATE_LIMIT_WRITE_MAX: Max(30),
  RATE_LIMIT_WRITE_WINDOW_SECONDS: Seconds(60),
  RATE_LIMIT_SENSITIVE_MAX: Max(10),
  RATE_LIMIT_SENSITIVE_WINDOW_SECONDS: Seconds(3_600),
  RATE_LIMIT_KEY_MAX: Max(6_000),
  RATE_LIMIT_KEY_WINDOW_SECONDS: Seconds(60),
  RATE_LIMIT_MAIL_MAX: Max(30_000),
  RATE_LIMIT_MAIL_WINDOW_SECONDS: Seconds(60),
  RATE_LIMIT_IP_MAX: Max(600),
  RATE_LIMIT_IP_WINDOW_SECONDS: Seconds(60),
  RATE_LIMIT_TENANT_MAX: Max(100_000),
  RATE_LIMIT_TENANT_WINDOW_SECONDS: Seconds(60),
  IP_BLOCK_AFTER: Max(1_000),
  IP_BLOCK_WINDOW_SECONDS: Seconds(600),
  IP_BLOCK_SECONDS: Seconds(900),
});
export type GatewayConfig = Static<typeof Config>;

/** The gateway's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () => loadConfig(Config);

/** The entries of a setting that lists many. */
export const listOf = (setting: string): string[] =>
  setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

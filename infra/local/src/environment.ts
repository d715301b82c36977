import { join } from 'node:path';
import { roleNames, roleUrl } from '@stockade/database/names';
import { statusFile } from './backup/keep-backups.ts';
import { type Ports, type ProcessName, type ServiceName, serviceNames } from './processes.ts';
import { operatorKeyHash, publicKeyOf, type Secrets, secretNames } from './secrets.ts';
import type { Settings } from './settings.ts';

export interface SystemParts {
  settings: Settings;
  secrets: Secrets;
  /** Of an administrator; each process gets URLs of its own roles made from these. */
  databaseUrl: string;
  databaseDirectUrl: string;
  ports: Record<ProcessName, Ports>;
}

/**
 * What each process finds in its environment: the user's settings pass through, but of the secrets it gets its own
 * alone, and databases are reached with its own roles.
 */
export function environmentOf(
  name: ProcessName,
  parts: SystemParts,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { settings, secrets, ports } = parts;
  const roles = roleNames(name);
  const as = (role: string, url: string) => roleUrl(url, role, secrets.DATABASE_ROLES_SECRET);
  return {
    ...inherited(env),
    NODE_ENV: env.NODE_ENV || 'development',
    // Readable output is made once, in the launcher, and not in six processes.
    LOG_FORMAT: 'json',
    HOST: name === 'gateway' ? settings.host : '127.0.0.1',
    PORT: String(ports[name].port),
    METRICS_PORT: String(ports[name].metricsPort),
    DATABASE_URL: as(roles.app, parts.databaseUrl),
    DATABASE_SYSTEM_URL: as(roles.system, parts.databaseUrl),
    DATABASE_DIRECT_URL: as(roles.system, parts.databaseDirectUrl),
    PRINCIPAL_PUBLIC_KEY: publicKeyOf(secrets.PRINCIPAL_PRIVATE_KEY),
    EXIT_WITH_PARENT: 'true',
    // glibc keeps an arena for every thread otherwise: ten megabytes in each process for nothing.
    MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX || '2',
    ...ownSettings(name, parts, env),
  };
}

/** Where a service answers the gateway: on one machine a socket of the file system takes less time than TCP. */
function socketFile({ settings }: SystemParts, service: ServiceName): string | undefined {
  const file = join(settings.home, 'run', `${service}.sock`);
  // What fits into the kernel's address of a socket, on every system.
  return Buffer.byteLength(file) <= 103 ? file : undefined;
}

function ownSettings(name: ProcessName, parts: SystemParts, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (name === 'gateway')
    return {
      PRINCIPAL_PRIVATE_KEY: parts.secrets.PRINCIPAL_PRIVATE_KEY,
      ...serviceUrls(parts),
      BACKUP_STATUS_FILE: parts.settings.backups.on ? statusFile(parts.settings.home) : undefined,
    };
  return { SOCKET_FILE: socketFile(parts, name), ...serviceSettings(name, parts, env) };
}

function serviceSettings(
  name: ServiceName,
  { settings, secrets, ports }: SystemParts,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  switch (name) {
    case 'identity':
      return {
        SESSION_SECRET: secrets.SESSION_SECRET,
        PUBLIC_URL: env.PUBLIC_URL || `${settings.tls ? 'https' : 'http'}://localhost:${ports.gateway.port}`,
        ...outgoingMail(env),
        MFA_ENCRYPTION_KEY: secrets.MFA_ENCRYPTION_KEY,
        MFA_ENCRYPTION_KEY_PREVIOUS: env.MFA_ENCRYPTION_KEY_PREVIOUS,
        WEBAUTHN_ORIGINS:
          env.WEBAUTHN_ORIGINS || `${settings.tls ? 'https' : 'http'}://localhost:${ports.gateway.port}`,
        SESSION_SECRET_PREVIOUS: env.SESSION_SECRET_PREVIOUS,
        OPERATOR_KEY_HASH: operatorKeyHash(secrets.OPERATOR_KEY),
      };
    case 'audit':
      return {
        AUDIT_SIGNING_KEY: secrets.AUDIT_SIGNING_KEY,
        AUDIT_ENCRYPTION_KEY: secrets.AUDIT_ENCRYPTION_KEY,
        AUDIT_ENCRYPTION_KEY_PREVIOUS: env.AUDIT_ENCRYPTION_KEY_PREVIOUS,
        AUDIT_LOG_ORIGIN: env.AUDIT_LOG_ORIGIN || 'stockade.local/audit',
      };
    case 'purchasing':
      return { ...bankDetailsKeys(secrets, env), ...outgoingMail(env) };
    case 'email-scanning':
      return {
        MAIL_ENCRYPTION_KEY: secrets.MAIL_ENCRYPTION_KEY,
        ...bankDetailsKeys(secrets, env),
        ...only(storedMailSecrets, env),
      };
    default:
      return {};
  }
}

function serviceUrls(parts: SystemParts): NodeJS.ProcessEnv {
  const entries = serviceNames.map((service) => {
    const file = socketFile(parts, service);
    const url = file ? `unix:${file}` : `http://127.0.0.1:${parts.ports[service].port}`;
    return [`${service.toUpperCase().replaceAll('-', '_')}_URL`, url];
  });
  return Object.fromEntries(entries);
}

/** What lets mail be sent in the company's name: for the processes alone that send it. */
const mailSecrets = ['SENDGRID_API_KEY', 'RESEND_API_KEY', 'SMTP_URL'] as const;
const outgoingMail = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(mailSecrets.map((key) => [key, env[key]]));

/** What opens stored mail: for the process alone that keeps it. */
const storedMailSecrets = [
  'MAIL_ENCRYPTION_KEY_PREVIOUS',
  'MAIL_ENCRYPTION_KEYS_OLD',
  'MAIL_STORE_URL',
] as const;

const only = (names: readonly string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(names.map((name) => [name, env[name]]));

/** For purchasing, which keeps suppliers' bank details, and for the scanner, which compares mails with them. */
const bankDetailsKeys = (secrets: Secrets, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  BANK_DETAILS_KEY: secrets.BANK_DETAILS_KEY,
  BANK_DETAILS_KEY_PREVIOUS: env.BANK_DETAILS_KEY_PREVIOUS,
});

/** The user's environment without secrets and without npm's own hundred variables. */
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const previous = secretNames.map((name) => `${name}_PREVIOUS`);
  const hidden = new Set<string>([...secretNames, ...previous, ...mailSecrets, ...storedMailSecrets]);
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => !hidden.has(key) && !key.startsWith('npm_')),
  );
}

import { resolve } from 'node:path';

/** One setting: what it may look like, said in words for whoever got it wrong. */
interface Setting {
  pattern: RegExp;
  expected: string;
  default?: string;
}

const anyUrl = (protocols: string): Setting => ({
  pattern: new RegExp(`^(${protocols})://[^\\s/]`),
  expected: `a URL that begins with ${protocols.replace('|', ':// or ')}://`,
});

/**
 * The launcher's own settings; each process checks its own in the same way. A table and not TypeBox, because the
 * launcher lives as long as the system does and TypeBox would be half of its memory.
 */
const schema = {
  NODE_ENV: {
    pattern: /^(development|production|test)$/,
    expected: 'development, production or test',
    default: 'development',
  },
  HOST: { pattern: /^\S+$/, expected: 'an address to listen on', default: '127.0.0.1' },
  PORT: {
    pattern: /^(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
    expected: 'a number from 0 to 65535',
    default: '8080',
  },
  STOCKADE_HOME: { pattern: /^[^\0]+$/, expected: 'a folder', default: '.stockade' },
  LOG_LEVEL: {
    pattern: /^(fatal|error|warn|info|debug|trace|silent)$/,
    expected: 'fatal, error, warn, info, debug, trace or silent',
    default: 'info',
  },
  DEMO_TENANT: { pattern: /^(true|false)$/, expected: 'true or false' },
  BACKUP: { pattern: /^(true|false)$/, expected: 'true or false', default: 'true' },
  BACKUP_FOLDER: { pattern: /^[^\0]+$/, expected: 'a folder' },
  BACKUP_KEEP_DAYS: { pattern: /^[1-9]\d{0,3}$/, expected: 'a number of days from 1 to 9999', default: '30' },
  BACKUP_MAX_GB: { pattern: /^[1-9]\d{0,5}$/, expected: 'a number of gigabytes from 1', default: '20' },
  DATABASE_URL: anyUrl('postgres|postgresql'),
  DATABASE_DIRECT_URL: anyUrl('postgres|postgresql'),
  DATABASE_POOL_MAX: { pattern: /^(?:[2-9]|[1-9]\d|100)$/, expected: 'a number from 2 to 100', default: '8' },
  REDIS_URL: anyUrl('redis|rediss'),
  OTEL_EXPORTER_OTLP_ENDPOINT: anyUrl('http|https'),
  PUBLIC_URL: anyUrl('http|https'),
  TLS_CERT: { pattern: /^[^\0]+$/, expected: 'a file' },
  TLS_KEY: { pattern: /^[^\0]+$/, expected: 'a file' },
} satisfies Record<string, Setting>;

export interface Settings {
  production: boolean;
  host: string;
  /** Where a program on this machine reaches it: `host`, unless that means "all addresses". */
  callHost: string;
  /** 0: any free one. */
  port: number;
  /** Whether the gateway serves HTTPS. */
  tls: boolean;
  /** Absolute. */
  home: string;
  /** Whether a tenant to try things with is made; not in production unless asked for. */
  demoTenant: boolean;
  databaseUrl: string | undefined;
  databaseDirectUrl: string | undefined;
  backups: {
    /** Whether the embedded PostgreSQL is backed up; somebody else's never is. */
    on: boolean;
    /** Absolute. */
    folder: string;
    keepDays: number;
    maxGb: number;
  };
  /** Connections of each service for its requests. */
  poolMax: number;
  redisUrl: string | undefined;
}

/** What the user can put right; shown as it is, without a stack. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Reads and checks the launcher's settings. `root`: what a relative STOCKADE_HOME is relative to. */
export function readSettings(env: NodeJS.ProcessEnv, root: string): Settings {
  const problems: string[] = [];
  const value = (name: keyof typeof schema): string | undefined => {
    const setting: Setting = schema[name];
    const given = env[name] || setting.default;
    if (given !== undefined && !setting.pattern.test(given))
      problems.push(`${name} must be ${setting.expected}`);
    return given;
  };
  const production = value('NODE_ENV') === 'production';
  const host = value('HOST') ?? '';
  const home = resolve(root, value('STOCKADE_HOME') ?? '');
  const settings: Settings = {
    production,
    host,
    callHost: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
    port: Number(value('PORT')),
    tls: value('TLS_CERT') !== undefined && value('TLS_KEY') !== undefined,
    home,
    demoTenant: (value('DEMO_TENANT') ?? String(!production)) === 'true',
    databaseUrl: value('DATABASE_URL'),
    databaseDirectUrl: value('DATABASE_DIRECT_URL'),
    backups: {
      on: value('BACKUP') === 'true' && !env.DATABASE_URL,
      folder: resolve(root, value('BACKUP_FOLDER') ?? `${home}/backups`),
      keepDays: Number(value('BACKUP_KEEP_DAYS')),
      maxGb: Number(value('BACKUP_MAX_GB')),
    },
    poolMax: Number(value('DATABASE_POOL_MAX')),
    redisUrl: value('REDIS_URL'),
  };
  for (const name of ['LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'PUBLIC_URL'] as const) value(name);
  if (settings.databaseDirectUrl && !settings.databaseUrl)
    problems.push('DATABASE_DIRECT_URL needs DATABASE_URL');
  if (settings.tls !== Boolean(env.TLS_CERT || env.TLS_KEY))
    problems.push('TLS_CERT and TLS_KEY belong together: set both, or none');
  if (problems.length > 0) {
    throw new UserError(
      `Bad settings:\n${problems.map((text) => `  ${text}`).join('\n')}\nSee .env.example for what each setting means.`,
    );
  }
  return settings;
}

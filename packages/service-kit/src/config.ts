import { checkOf, coercing, type ErrorObject } from '@stockade/contracts/checks';
import { openSecrets, SecretSettingsError, type Secrets, type WantedSecret } from '@stockade/secrets';
import { type Static, type TObject, type TSchema, Type } from 'typebox';

const url = (protocols: string, description: string) =>
  Type.String({ pattern: `^(${protocols})://`, description });

export const secretLength = 32;

/**
 * Among the options of a setting: it holds a secret (a URL with a password, another's API key), and is read from the
 * provider that SECRETS_PROVIDER names.
 */
export const isHeldSecret = { 'x-secret': true } as const;
const isSecret = (field: TSchema) => 'x-secret' in field;

/** A secret of our own: at least 32 characters, never logged. */
export const Secret = (description: string) =>
  Type.String({ minLength: secretLength, description, ...isHeldSecret });

/** How much is told of security events, in the log and in the audit. */
export const securityEventFields = {
  SECURITY_EVENTS_MAX: Type.Integer({
    default: 200,
    minimum: 100,
    maximum: 1_000,
    description: 'Audit entries and log lines about security events in a window, at most',
  }),
  SECURITY_EVENTS_PER_SOURCE: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 1_000,
    description: 'So many of one kind, tenant and network are told one by one; the rest is counted',
  }),
  SECURITY_EVENTS_WINDOW_SECONDS: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 3_600,
    description: 'After so long what was counted is told in summaries',
  }),
};

/** Settings that every process has. */
export const processConfigFields = {
  NODE_ENV: Type.Union([Type.Literal('development'), Type.Literal('production'), Type.Literal('test')], {
    default: 'development',
  }),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  LOG_FORMAT: Type.Union([Type.Literal('json'), Type.Literal('pretty')], { default: 'json' }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  DATABASE_DIRECT_URL: Type.Optional(
    url('postgres|postgresql', 'For LISTEN, queues and migrations: not through PgBouncer'),
  ),
  SLOW_QUERY_MS: Type.Integer({
    default: 1_000,
    minimum: 1,
    maximum: 60_000,
    description: 'Statements that take longer are logged, without their parameters',
  }),
  REDIS_URL: Type.Optional(
    url('redis|rediss', 'Queues and limits in Redis; without it they are in PostgreSQL and in process'),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(url('http|https', 'Where traces go; without it none are made')),
  ...securityEventFields,
  PRINCIPAL_PUBLIC_KEY: Secret('Ed25519, SPKI PEM in base64: no secret, but changed together with one'),
  EXIT_WITH_PARENT: Type.Boolean({
    default: false,
    description: 'Stop when standard input closes: the launcher died',
  }),
};

/** Settings that every service has besides. */
export const serviceConfigFields = {
  ...processConfigFields,
  SERVICE_ROLE: Type.Union([Type.Literal('all'), Type.Literal('http'), Type.Literal('worker')], {
    default: 'all',
  }),
  SOCKET_FILE: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 103,
      description: 'A socket of the file system to answer at as well',
    }),
  ),
  DATABASE_URL: url('postgres|postgresql', 'As the app role'),
  DATABASE_SYSTEM_URL: url('postgres|postgresql', 'As the system role'),
  DATABASE_POOL_MAX: Type.Integer({ default: 8, minimum: 2, maximum: 100 }),
};
const ProcessConfig = Type.Object(processConfigFields);
export type ProcessConfig = Static<typeof ProcessConfig>;
const ServiceConfig = Type.Object(serviceConfigFields);
export type ServiceConfig = Static<typeof ServiceConfig>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the settings that `schema` names from the environment; strings become numbers and booleans where the schema
 * says so. An empty variable counts as unset. Throws a ConfigError that names every missing or bad setting (never its
 * value, which may be a secret).
 */
export function parseConfig<T extends TObject>(schema: T, env: NodeJS.ProcessEnv = process.env): Static<T> {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(schema.properties))
    if (env[key] !== undefined && env[key] !== '') given[key] = env[key];
  const check = coercing.compile(schema);
  if (check(given)) return given as Static<T>;
  const problems = new Map<string, string>();
  for (const error of check.errors ?? []) {
    const [key, problem] = toProblem(error, schema);
    if (!problems.has(key)) problems.set(key, problem);
  }
  throw badSettings([...problems].map(([key, problem]) => `${key} ${problem}`));
}

/** The setting that an error is about, and what is wrong with it. */
function toProblem(
  { instancePath, keyword, params, message }: ErrorObject,
  schema: TObject,
): [string, string] {
  if (keyword === 'required') return [params.missingProperty, 'is missing'];
  const key = instancePath.split('/')[1] ?? '';
  if (keyword === 'type' && params.type === 'boolean') return [key, 'must be true or false'];
  const choices = (schema.properties[key] as { anyOf?: { const?: unknown }[] }).anyOf;
  return [key, choices ? `must be one of ${choices.map((one) => one.const).join(', ')}` : `${message}`];
}

function badSettings(problems: readonly string[]): ConfigError {
  const lines = problems.map((problem) => `  ${problem}`);
  return new ConfigError(`Bad settings:\n${lines.join('\n')}\nSee .env.example for what each setting means.`);
}

/** A process's settings, and its secrets where they change while it runs. */
export interface LoadedConfig<T extends TObject> {
  config: Static<T>;
  secrets: Secrets;
}

/**
 * As parseConfig, with the secrets from their provider. Throws a ConfigError for what is missing or bad, also in the
 * settings of the provider itself, and when a secret can be had neither from it nor from the environment.
 */
export async function readSettings<T extends TObject>(
  schema: T,
  env: NodeJS.ProcessEnv = process.env,
): Promise<LoadedConfig<T>> {
  const wanted = Object.entries(schema.properties).flatMap(([name, field]): WantedSecret[] =>
    isSecret(field) ? [{ name, isValid: checkOf(field) }] : [],
  );
  const secrets = await openSecrets(env, wanted).catch((error) => {
    if (error instanceof SecretSettingsError) throw badSettings([error.message]);
    throw error;
  });
  const given = Object.fromEntries(
    Object.keys(secrets.state().secrets).map((name) => [name, secrets.current(name)]),
  );
  try {
    return { config: parseConfig(schema, { ...env, ...given }), secrets };
  } catch (error) {
    secrets.close();
    throw error;
  }
}

/**
 * As readSettings, but a problem is told on standard error and ends the process with 1, before anything listens. `check`
 * throws an Error for settings that do not go together; it names them, never a value.
 */
export async function loadConfig<T extends TObject>(
  schema: T,
  check?: (config: Static<T>) => void,
): Promise<LoadedConfig<T>> {
  try {
    const loaded = await readSettings(schema);
    try {
      check?.(loaded.config);
    } catch (error) {
      throw badSettings([(error as Error).message]);
    }
    return loaded;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

import type { AddressInfo } from 'node:net';
import { services } from '@stockade/contracts';
import { roleNames, roleUrl } from '@stockade/database';
import { createMetrics } from '@stockade/service-kit/metrics';
import { createSystemDatabase, type Teardown, testKeys, testRolesSecret } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import { pino } from 'pino';
import { buildGateway } from '../src/app.ts';
import { readConfig } from '../src/config.ts';

type Env = Record<string, string>;

export interface RunningGateway {
  url: string;
  /** What it logged, a line each. */
  log: string[];
  /** As at the end of its process. */
  close(): Promise<void>;
}

const nobody = 'http://127.0.0.1:1';
const urlSetting = (service: string) => `${service.toUpperCase().replaceAll('-', '_')}_URL`;

/** A gateway in this process, on a free port. Behind it is nobody but whom `env` names. */
export async function startGateway(t: Teardown, env: Env = {}): Promise<RunningGateway> {
  const before = process.env;
  process.env = {
    PORT: '0',
    DATABASE_SYSTEM_URL: 'postgres://127.0.0.1:1/nothing',
    PRINCIPAL_PUBLIC_KEY: testKeys.publicKey,
    PRINCIPAL_PRIVATE_KEY: testKeys.privateKey,
    ...Object.fromEntries(services.map((service) => [urlSetting(service), nobody])),
    ...env,
  };
  const loading = readConfig();
  process.env = before;
  const { config, secrets } = await loading;
  const log: string[] = [];
  const app = await buildGateway({
    config,
    secrets,
    log: pino({ level: 'info' }, { write: (line: string) => void log.push(line) }),
    registry: createMetrics('gateway'),
  });
  t.teardown(() => app.close().then(() => secrets.close()));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, log, close: () => app.close() };
}

export interface SharedStack extends Stack {
  /** Puts one more gateway beside its own, on the same services and database. */
  addGateway(t: Teardown, env?: Env): Promise<RunningGateway>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** The database as gateways reach it. */
  systemUrl: string;
}

export async function startSharedStack(t: Teardown): Promise<SharedStack> {
  const database = await createSystemDatabase(t);
  const stack = await startStack(t, {
    DATABASE_URL: database.adminUrl,
    DATABASE_ROLES_SECRET: testRolesSecret,
    PRINCIPAL_PRIVATE_KEY: testKeys.privateKey,
  });
  const urls = Object.fromEntries(
    await Promise.all(
      services.map(async (name) => [
        urlSetting(name),
        `http://127.0.0.1:${(await stack.process(name)).port}`,
      ]),
    ),
  );
  const systemUrl = roleUrl(database.adminUrl, roleNames('gateway').system, testRolesSecret);
  return {
    ...stack,
    addGateway: (t, env) => startGateway(t, { DATABASE_SYSTEM_URL: systemUrl, ...urls, ...env }),
    query: (sql) => database.query(sql),
    systemUrl,
  };
}

/** Of the right form and out of no good secret: whether it holds only the mail's service can tell. */
export const signatureOf = (seconds: number) => `t=${seconds},v1=${'0'.repeat(64)}`;
export const signatureOfNow = () => signatureOf(Math.floor(Date.now() / 1_000));

import type { AddressInfo } from 'node:net';
import { roleNames, roleUrl } from '@stockade/database';
import { createMetrics } from '@stockade/service-kit/metrics';
import { createTestDatabase, type Teardown, testKeys, testRolesSecret } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import { pino } from 'pino';
import { buildGateway } from '../src/app.ts';
import { type GatewayConfig, readConfig } from '../src/config.ts';

/** A running Stockade in which further gateways can be put, beside its own and on the same services. */
export interface SharedStack extends Stack {
  /** Starts one in this process with settings of its own; gives its URL. */
  addGateway(t: Teardown, env?: Record<string, string>): Promise<{ url: string; log: string[] }>;
}

export async function startSharedStack(t: Teardown): Promise<SharedStack> {
  const database = await createTestDatabase(t, []);
  const stack = await startStack(t, {
    DATABASE_URL: database.adminUrl,
    DATABASE_ROLES_SECRET: testRolesSecret,
    PRINCIPAL_PRIVATE_KEY: testKeys.privateKey,
  });
  const systemUrl = roleUrl(database.adminUrl, roleNames('gateway').system, testRolesSecret);
  const addGateway = async (t: Teardown, env: Record<string, string> = {}) => {
    const config = await configFor(stack, systemUrl, env);
    const log: string[] = [];
    const registry = createMetrics('gateway');
    const app = await buildGateway({
      config,
      log: pino({ level: 'info' }, { write: (line: string) => void log.push(line) }),
      registry,
    });
    t.teardown(() => app.close());
    await app.listen({ host: '127.0.0.1', port: 0 });
    return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, log };
  };
  return { ...stack, addGateway };
}

/** The settings as a process would read them. */
async function configFor(
  stack: Stack,
  systemUrl: string,
  env: Record<string, string>,
): Promise<GatewayConfig> {
  const before = { ...process.env };
  const urls: Record<string, string> = {};
  for (const service of ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit']) {
    const { port } = await stack.process(service);
    urls[`${service.toUpperCase().replaceAll('-', '_')}_URL`] = `http://127.0.0.1:${port}`;
  }
  Object.assign(process.env, {
    PORT: '0',
    DATABASE_SYSTEM_URL: systemUrl,
    PRINCIPAL_PUBLIC_KEY: testKeys.publicKey,
    PRINCIPAL_PRIVATE_KEY: testKeys.privateKey,
    ...urls,
    ...env,
  });
  try {
    return readConfig();
  } finally {
    process.env = before;
  }
}

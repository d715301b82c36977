import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@stockade/testing/stack';
import { environmentOf } from '../../../infra/local/src/environment.ts';
import { nodeFlags, processNames, root, scriptOf } from '../../../infra/local/src/processes.ts';
import { readSettings } from '../../../infra/local/src/settings.ts';
import { databaseUrl } from '../../laws/database-url.ts';
import { startJaeger } from '../../test/jaeger.ts';
import { type Closers, serve } from './programs.ts';

const limits = {
  ...Object.fromEntries(
    ['READ', 'KEY', 'TENANT', 'IP'].map((tier) => [`RATE_LIMIT_${tier}_MAX`, '1000000000']),
  ),
  MAX_CONCURRENT_CALLS_PER_TENANT: '100000',
};

export interface Stockade {
  apiKey: string;
  /** Starts a gateway of the product's, as the launcher does, with everything on; inventory is at `upstream`. */
  addGateway(parts: {
    folder: string;
    port: number;
    upstream: string;
    env?: NodeJS.ProcessEnv;
  }): Promise<string>;
}

/** A whole Stockade, whose identity and database the measured gateways ask; one trace in a hundred goes to a Jaeger. */
export async function startStockade(path: string, closers: Closers): Promise<Stockade> {
  delete process.env.TEST_DATABASE_URL;
  const teardown = { teardown: (close: () => unknown) => void closers.unshift(close) };
  const home = await mkdtemp(join(tmpdir(), 'stockade-bench-'));
  closers.unshift(() => rm(home, { recursive: true, force: true }));
  const stack = await startStack(teardown, { STOCKADE_HOME: home });
  const jaeger = await startJaeger(teardown);
  const settings = readSettings({ STOCKADE_HOME: home }, root);
  const secrets = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
  const url = await databaseUrl({ STOCKADE_HOME: home });
  const running = await Promise.all(
    processNames.map(async (name) => {
      const { port, metricsPort } = await stack.process(name);
      return [name, { port, metricsPort }] as const;
    }),
  );
  const { apiKey } = stack.credentials;
  return {
    apiKey,
    async addGateway({ folder, port, upstream, env = {} }) {
      const ports = { ...Object.fromEntries(running), gateway: { port, metricsPort: 0 } } as never;
      const parts = { settings, secrets, databaseUrl: url, databaseDirectUrl: url, ports };
      const own = `http://127.0.0.1:${port}`;
      await serve(
        {
          command: process.execPath,
          args: [...nodeFlags('gateway'), join(root, scriptOf('gateway'))],
          folder,
          env: {
            ...environmentOf('gateway', parts, process.env),
            ...limits,
            LOG_LEVEL: 'info',
            INVENTORY_URL: upstream,
            OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.endpoint,
            OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
            OTEL_TRACES_SAMPLER_ARG: '0.01',
            ...env,
          },
        },
        `${own}${path}`,
        closers,
        { authorization: `Bearer ${apiKey}` },
      );
      return own;
    },
  };
}

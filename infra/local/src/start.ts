import { plannedConnections } from '@stockade/database/connections';
import { keepBackups } from './backup/keep-backups.ts';
import { areAccepted, credentialsPath, keptCredentials, makeCredentials } from './credentials.ts';
import { startDatabase } from './database.ts';
import type { SystemParts } from './environment.ts';
import { lockHome, prepareHome } from './home.ts';
import { createLogOutput } from './log-output.ts';
import { writeMetricsTargets } from './metrics-targets.ts';
import { assertPortFree, reservePorts } from './ports.ts';
import { type Ports, type ProcessName, processNames, serviceNames } from './processes.ts';
import type { Progress } from './progress.ts';
import { runScript } from './run-script.ts';
import { loadSecrets, type Secrets, withEarlier } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { StopRequest } from './signals.ts';
import { createSystem, type RunningSystem } from './system.ts';

export interface StartContext {
  settings: Settings;
  request: StopRequest;
  progress: Progress;
  /** What was started registers here how it is ended; ended in the opposite order. */
  onEnd(end: () => Promise<void> | void): void;
}

export interface Started {
  url: string;
  /** Undefined when no demo tenant was asked for. */
  credentialsFile: string | undefined;
  /** Undefined when none are made. */
  backupFolder: string | undefined;
}

/** Starts everything, in order; resolves when the gateway and all services are ready. */
export async function startAll(context: StartContext): Promise<Started> {
  const { settings, request, progress, onEnd } = context;
  const { home, production } = settings;
  prepareHome(home);
  // Before the port: a second start in the same folder is told of the first, not of some program at its port.
  onEnd(lockHome(home));
  if (settings.port !== 0) await assertPortFree(settings.host, settings.port);
  const env = withEarlier({ home, production, env: process.env });
  const secrets = await loadSecrets({
    ...{ home, production, env },
    embeddedDatabase: !settings.databaseUrl,
    backups: settings.backups.on,
  });

  const urls = await startStorage(context, secrets, env);
  await progress.step('Database schemas', () =>
    runScript(
      'migrate.ts',
      {
        url: urls.databaseDirectUrl,
        rolesSecret: secrets.DATABASE_ROLES_SECRET,
        createDatabase: !settings.databaseUrl,
        connections: connectionsToServer(settings, urls.databaseUrl !== urls.databaseDirectUrl),
      },
      request.signal,
    ),
  );

  const logs = production ? undefined : createLogOutput(progress);
  const reserved = await reservePorts(processNames.length * 2, [
    settings.port,
    Number(process.env.SMTP_PORT),
  ]);
  onEnd(reserved.release);
  const parts: SystemParts = {
    ...{ settings, secrets, ...urls },
    ports: assignPorts(reserved.ports, settings.port),
  };
  writeMetricsTargets(home, parts.ports);
  const system = createSystem({ parts, env, request, logs, note: progress.note });
  onEnd(() => system.stop());
  const host = settings.callHost.includes(':') ? `[${settings.callHost}]` : settings.callHost;
  const url = `${settings.tls ? 'https' : 'http'}://${host}:${parts.ports.gateway.port}`;
  await startSystem(context, parts, system, url);
  logs?.showAll();
  return {
    url,
    credentialsFile: settings.demoTenant ? credentialsPath(home) : undefined,
    backupFolder: settings.backups.on ? settings.backups.folder : undefined,
  };
}

async function startStorage(
  { settings, request, progress, onEnd }: StartContext,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
) {
  if (settings.databaseUrl) {
    return {
      databaseUrl: settings.databaseUrl,
      databaseDirectUrl: settings.databaseDirectUrl ?? settings.databaseUrl,
    };
  }
  const database = await progress.step('PostgreSQL', () =>
    startDatabase({
      ...{ home: settings.home, password: secrets.DATABASE_PASSWORD, request, note: progress.note },
      archived: settings.backups.on,
    }),
  );
  onEnd(() => database.stop());
  if (settings.backups.on) {
    const backups = await keepBackups({ settings, secrets, env, database, note: progress.note });
    onEnd(async () => {
      backups.serverStops();
      await database.stop();
      await backups.stop();
    });
  }
  const url = new URL(database.url);
  url.pathname = '/stockade';
  return { databaseUrl: url.href, databaseDirectUrl: url.href };
}

/** Behind PgBouncer the pools are its matter; what goes past it opens connections of its own. */
function connectionsToServer({ poolMax, redisUrl }: Settings, isPooled: boolean): number {
  const { pooled, direct } = plannedConnections({
    ...{ services: serviceNames.length, poolMax, queuesInRedis: redisUrl !== undefined },
  });
  return isPooled ? direct : pooled + direct;
}

/**
 * The credentials are on disk before the gateway can first say that it is ready: where an earlier start left them all
 * processes start at once, else the gateway waits for the demo tenant.
 */
async function startSystem(
  { settings, request, progress }: StartContext,
  parts: SystemParts,
  system: RunningSystem,
  url: string,
) {
  const { home } = settings;
  const { OPERATOR_KEY: operatorKey, PRINCIPAL_PRIVATE_KEY: principalPrivateKey } = parts.secrets;
  const identityUrl = `http://127.0.0.1:${parts.ports.identity.port}`;
  const make = { home, url, operatorKey, principalPrivateKey, identityUrl, signal: request.signal };
  const kept = settings.demoTenant ? keptCredentials(home, url, operatorKey) : undefined;
  if (kept || !settings.demoTenant) {
    await progress.step('Gateway and services', () => system.start(processNames));
    const gateway = { port: parts.ports.gateway.port, host: settings.callHost, tls: settings.tls };
    if (kept && !(await areAccepted(kept, gateway))) {
      progress.note('The demo tenant of credentials.json is not in this database; making it again');
      await makeCredentials({ ...make, kept });
    }
    return;
  }
  await progress.step('Services', () => system.start(serviceNames));
  await progress.step('Demo tenant', () => makeCredentials(make));
  await progress.step('Gateway', () => system.start(['gateway']));
}

function assignPorts(free: readonly number[], gatewayPort: number): Record<ProcessName, Ports> {
  const pairs = processNames.map((name, at) => [name, { port: free[at * 2], metricsPort: free[at * 2 + 1] }]);
  const ports = Object.fromEntries(pairs) as Record<ProcessName, Ports>;
  if (gatewayPort !== 0) ports.gateway.port = gatewayPort;
  return ports;
}

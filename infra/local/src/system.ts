import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentOf, type SystemParts } from './environment.ts';
import type { LogOutput } from './log-output.ts';
import { nodeFlags, type ProcessName, root, scriptOf } from './processes.ts';
import { untilReady } from './readiness.ts';
import type { StopRequest } from './signals.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** All get 10 s together to end in order; then they are killed. */
const graceMs = 10_000;
/** Of these, how long the services wait at most for the gateway to have answered what it took. */
const gatewayFirstMs = 4_000;

interface SystemOptions {
  parts: SystemParts;
  env: NodeJS.ProcessEnv;
  request: StopRequest;
  /** Without it the processes write to this one's output. */
  logs: LogOutput | undefined;
  note: (text: string) => void;
}

export interface RunningSystem {
  /** Starts processes and waits until each says that it is ready. */
  start(names: readonly ProcessName[]): Promise<void>;
  stop(): Promise<void>;
}

/** The gateway and the services, each a process of its own. */
export function createSystem({ parts, env, request, logs, note }: SystemOptions): RunningSystem {
  const running: Supervised[] = [];

  function run(name: ProcessName): Supervised {
    const onOutput = logs?.of(name);
    const supervised = supervise({
      name,
      args: [...nodeFlags(name), scriptOf(name)],
      cwd: root,
      env: environmentOf(name, parts, env),
      runDir: join(parts.settings.home, 'run'),
      info: { ...parts.ports[name] },
      ...(onOutput && { onOutput }),
      onCrash: (reason) =>
        note(
          reason === 'exit code 0'
            ? `${name} was told to end; starting it again`
            : `${name} ended unexpectedly (${reason}); starting it again`,
        ),
      onGiveUp: (error) => request.stop(error),
    });
    running.push(supervised);
    return supervised;
  }

  return {
    async start(names) {
      const started = names.map(run);
      await Promise.all(
        started.map(async (supervised, index) => {
          const name = names[index] as ProcessName;
          const { callHost: host, tls } = parts.settings;
          const place = name === 'gateway' ? { host, tls } : {};
          await untilReady({ name, ...place, port: parts.ports[name].port, signal: request.signal });
          supervised.markReady();
        }),
      );
    },
    async stop() {
      const services = running.filter(({ name }) => name !== 'gateway');
      const gateway = running.find(({ name }) => name === 'gateway')?.stop(graceMs, request.hurry);
      const patience = new AbortController();
      const started = performance.now();
      await Promise.race([
        gateway,
        sleep(gatewayFirstMs, undefined, { signal: AbortSignal.any([request.hurry, patience.signal]) }).catch(
          () => {},
        ),
      ]);
      patience.abort();
      const left = graceMs - (performance.now() - started);
      await Promise.all([gateway, ...services.map((service) => service.stop(left, request.hurry))]);
    },
  };
}

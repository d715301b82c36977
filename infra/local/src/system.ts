import { join } from 'node:path';
import { environmentOf, type SystemParts } from './environment.ts';
import type { LogOutput } from './log-output.ts';
import { nodeFlags, type ProcessName, root, scriptOf } from './processes.ts';
import { untilReady } from './readiness.ts';
import type { StopRequest } from './signals.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** A service gets 10 s to end in order; then it is killed. */
const graceMs = 10_000;

interface SystemOptions {
  parts: SystemParts;
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
export function createSystem({ parts, request, logs, note }: SystemOptions): RunningSystem {
  const running: Supervised[] = [];

  function run(name: ProcessName): Supervised {
    const onOutput = logs?.of(name);
    const supervised = supervise({
      name,
      args: [...nodeFlags(name), scriptOf(name)],
      cwd: root,
      env: environmentOf(name, parts, process.env),
      runDir: join(parts.settings.home, 'run'),
      info: { ...parts.ports[name] },
      ...(onOutput && { onOutput }),
      onCrash: (reason) => note(`${name} ended unexpectedly (${reason}); starting it again`),
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
      await Promise.all(running.map((supervised) => supervised.stop(graceMs, request.hurry)));
    },
  };
}

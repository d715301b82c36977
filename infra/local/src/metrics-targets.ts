import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ports, type ProcessName, processNames } from './processes.ts';

/**
 * Tells Prometheus where each process shows its metrics, in the form of its file_sd_configs. Readable by all: Prometheus
 * runs as another user, and there is nothing secret in it.
 */
export function writeMetricsTargets(home: string, ports: Record<ProcessName, Ports>): void {
  const folder = join(home, 'prometheus');
  const targets = processNames.map((name) => ({
    targets: [`127.0.0.1:${ports[name].metricsPort}`],
    labels: { process: name },
  }));
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const path = join(folder, 'stockade.json');
  writeFileSync(`${path}.new`, `${JSON.stringify(targets, null, 2)}\n`, { mode: 0o644 });
  renameSync(`${path}.new`, path);
}

import { resolve } from 'node:path';

/** The checkout's top folder: every process runs there. */
export const root = resolve(import.meta.dirname, '../../..');

export const serviceNames = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit'] as const;
export type ServiceName = (typeof serviceNames)[number];
export type ProcessName = ServiceName | 'gateway';
export const processNames: readonly ProcessName[] = [...serviceNames, 'gateway'];

/** What every movement or every mail passes through: with small semi-spaces a sixth of their time under load went into collecting. */
const busy: ReadonlySet<ProcessName> = new Set(['gateway', 'inventory', 'email-scanning', 'audit']);

/** In megabytes. Every call passes the gateway; elsewhere small ones save ten megabytes each and cost nothing measurable. */
const semiSpace = (name: ProcessName) => (name === 'gateway' ? 16 : busy.has(name) ? 8 : 2);

/** How a process is started. */
export const nodeFlags = (name: ProcessName): string[] => [
  `--max-semi-space-size=${semiSpace(name)}`,
  // Node's own code in pages of 2 MB, where the system has such: a call takes some per cent less, and memory hardly more.
  ...(name === 'gateway' ? ['--use-largepages=silent'] : []),
  '--import',
  `${root}/packages/service-kit/src/telemetry.ts`,
];

export function scriptOf(name: ProcessName): string {
  return name === 'gateway' ? 'gateway/src/server.ts' : `services/${name}/src/server.ts`;
}

export interface Ports {
  port: number;
  metricsPort: number;
}

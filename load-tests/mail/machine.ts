import { readdirSync, readFileSync } from 'node:fs';
import type { Stack } from '@stockade/testing/stack';

export const watched = ['gateway', 'email-scanning', 'audit', 'purchasing', 'inventory', 'identity'] as const;

/** What a process has used and holds. */
export interface Usage {
  cpuMs: number;
  rssMb: number;
  handles: number;
  threads: number;
}

const ticksMs = 10;

/** From /proc: only Linux has it. */
function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * ticksMs,
    rssMb: number('VmRSS') / 1_024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: number('Threads'),
  };
}

/** All of PostgreSQL's backends together; those that ended are in the postmaster's sum. */
function postgresCpuMs(stack: Stack): number {
  const postmaster = Number(readFileSync(`${stack.home}/postgres/postmaster.pid`, 'utf8').split('\n')[0]);
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(name) === postmaster) ticks += fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0);
      else if (Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended while it was looked at.
    }
  }
  return ticks * ticksMs;
}

export interface Snapshot {
  at: number;
  processes: Map<string, Usage>;
  postgresCpuMs: number;
}

export async function look(stack: Stack): Promise<Snapshot> {
  const processes = new Map<string, Usage>();
  for (const name of watched) processes.set(name, usageOf((await stack.process(name)).pid));
  return { at: performance.now(), processes, postgresCpuMs: postgresCpuMs(stack) };
}

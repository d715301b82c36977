import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Runs one of Stockade's commands; throws what it said when it fails. */
export async function command(script: string, args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${said}`);
  return said;
}

/** The machine's death, as far as a program can bring it about: all of a Stockade's processes at the same moment, the server's too. */
export function killAll(launcher: number, home: string): void {
  const pids = [launcher, Number.parseInt(readFileSync(join(home, 'postgres/postmaster.pid'), 'utf8'), 10)];
  for (const file of readdirSync(join(home, 'run')))
    if (file.endsWith('.json')) pids.push(JSON.parse(readFileSync(join(home, 'run', file), 'utf8')).pid);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself in this moment.
    }
  }
}

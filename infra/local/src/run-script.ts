import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './processes.ts';
import { UserError } from './settings.ts';

/**
 * Runs one of the launcher's scripts in a process of its own, so that what it loads does not stay in the launcher's
 * memory. `input` goes in as JSON on standard input (secrets never stand in arguments), the answer comes back as JSON on
 * standard output; what it says on standard error before failing is the error's text.
 */
export function runScript<T>(script: string, input: unknown, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'infra/local/src', script)], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      signal,
    });
    let answer = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-8_000);
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) => child.pid === undefined && reject(error));
    child.on('close', (code) => {
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve(JSON.parse(answer));
      else reject(new UserError(complaint.trim() || `${script} failed (${code})`));
    });
    child.stdin.end(JSON.stringify(input));
  });
}

/** The script's side: reads the input, writes the answer; a UserError is told without its stack. */
export async function answer<I, O>(work: (input: I) => Promise<O>): Promise<void> {
  try {
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    process.stdout.write(JSON.stringify((await work(JSON.parse(text))) ?? null));
  } catch (error) {
    const { stack, message } = error as Error;
    process.stderr.write(`${error instanceof UserError ? message : stack}\n`);
    process.exitCode = 1;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@stockade/testing';

/** What has to be ended when the run is over, the newest first. */
export type Closers = (() => unknown)[];

interface Program {
  command: string;
  args: string[];
  /** Its working folder; what it prints goes to a file there. */
  folder: string;
  env?: NodeJS.ProcessEnv;
}

function start({ command, args, folder, env }: Program, closers: Closers): ChildProcess {
  const log = openSync(join(folder, `${command.split('/').at(-1)}-${process.hrtime.bigint()}.log`), 'w');
  const child = spawn(command, args, { cwd: folder, env: env ?? process.env, stdio: ['ignore', log, log] });
  child.once('error', (error) => process.stderr.write(`${command} could not be started: ${error.message}\n`));
  closers.unshift(async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  return child;
}

export const answers = (url: string, headers: Record<string, string> = {}) =>
  eventually(`${url} answers`, () =>
    fetch(url, { headers }).then(
      (answer) => answer.ok,
      () => false,
    ),
  );

/** Starts a program and waits until it answers at `url`. */
export async function serve(program: Program, url: string, closers: Closers, headers = {}): Promise<void> {
  await mkdir(program.folder, { recursive: true });
  start(program, closers);
  await answers(url, headers);
}

interface Nginx {
  folder: string;
  port: number;
  /** What stands in the `server` block. */
  server: string;
  /** What stands beside it in the `http` block. */
  http?: string;
}

/** nginx with one worker, in the foreground, without a log of requests: as fast as it gets. */
export async function serveNginx(
  { folder, port, server, http = '' }: Nginx,
  path: string,
  closers: Closers,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const configuration = `
daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  ${http}
  server { listen 127.0.0.1:${port}; ${server} }
}
`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const url = `http://127.0.0.1:${port}`;
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  await serve({ command: 'nginx', args, folder }, `${url}${path}`, closers);
  return url;
}

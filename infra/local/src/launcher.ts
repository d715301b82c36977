// `npm start`: the whole system on this machine, until a signal ends it.
import { once } from 'node:events';
import { root } from './processes.ts';
import { createProgress } from './progress.ts';
import { readSettings, UserError } from './settings.ts';
import { listenForStop, StoppedBySignal } from './signals.ts';
import { type Started, startAll } from './start.ts';

const request = listenForStop();
const ends: (() => Promise<void> | void)[] = [];
process.exitCode = await main();
// Whatever still holds the event loop (a timer, a pipe) has no reason to any more.
process.exit();

async function main(): Promise<number> {
  let code: number;
  try {
    code = await run();
  } catch (error) {
    code = tell(error);
  }
  return (await endAll()) ? code : 1;
}

async function run(): Promise<number> {
  const settings = readSettings(process.env, root);
  // In production standard output carries the processes' JSON lines and nothing else.
  const output = settings.production ? process.stderr : process.stdout;
  process.on('uncaughtException', (error) => request.stop(error));
  const progress = createProgress(output);
  const started = await startAll({ settings, request, progress, onEnd: (end) => void ends.unshift(end) });
  output.write(welcome(started));
  if (!request.signal.aborted) await once(request.signal, 'abort');
  throw request.signal.reason;
}

/** The exit code for why it ended. What failed because we were told to stop is no failure. */
function tell(error: unknown): number {
  const reason = request.signal.aborted ? request.signal.reason : error;
  if (reason instanceof StoppedBySignal) return 0;
  const unexpected = !(reason instanceof UserError) && !request.signal.aborted;
  process.stderr.write(`\nstockade: ${unexpected ? (reason.stack ?? reason) : reason.message}\n`);
  return 1;
}

/** Ends what was started, the last first; false when a part did not end well. */
async function endAll(): Promise<boolean> {
  let well = true;
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      process.stderr.write(`stockade: while stopping: ${(error as Error).message}\n`);
      well = false;
    }
  }
  return well;
}

function welcome({ url, credentialsFile, backupFolder }: Started): string {
  const seconds = (performance.now() / 1000).toFixed(1);
  const lines = [
    `\nStockade is ready (${seconds} s)\n`,
    `  API          ${url}`,
    `  Docs         ${url}/docs`,
    credentialsFile
      ? `  Credentials  ${credentialsFile}`
      : '  Tenants      made by the operator: POST /v1/admin/tenants',
    ...(backupFolder
      ? [
          `  Backups      ${backupFolder}; without BACKUP_KEY they do not open: keep it elsewhere (docs/backup.md)`,
        ]
      : []),
    '  Stop         Ctrl-C\n',
  ];
  return `${lines.join('\n')}\n`;
}

// `npm run backup`: a base backup of the Stockade that runs on this machine, now.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BackupBusy } from '@stockade/backup';
import { root } from '../processes.ts';
import { createProgress } from '../progress.ts';
import { loadSecrets, openAccepted, withEarlier } from '../secrets.ts';
import { readSettings, type Settings, UserError } from '../settings.ts';
import { backupInput, gigabyte } from './settings.ts';
import { takeBackup } from './take.ts';

const waitMs = 10 * 60_000;

function refuseOthers(settings: Settings): void {
  if (settings.databaseUrl)
    throw new UserError(
      'DATABASE_URL names a server of your own: back it up with its own tools (pgBackRest, or its operator), and keep the secrets ' +
        'beside it. docs/backup.md tells how. Nothing was done.',
    );
  if (!settings.backups.on)
    throw new UserError(
      'BACKUP=false: the write-ahead log is not archived, and a backup would be of no use without it. Nothing was done.',
    );
}

function portOf(home: string): string {
  try {
    const port = readFileSync(join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
    if (port) return port;
  } catch {
    // Said below.
  }
  throw new UserError(`No Stockade runs in ${home}: start it (npm start), or set STOCKADE_HOME.`);
}

/** The daily one may be under way: this one is to be of now, and comes after it. */
async function inTurn<T>(take: () => Promise<T>, onWait: () => void): Promise<T> {
  let waits = false;
  for (const deadline = Date.now() + waitMs; ; await delay(1_000)) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof BackupBusy) || Date.now() > deadline) throw error;
      if (!waits) onWait();
      waits = true;
    }
  }
}

async function run(): Promise<void> {
  const settings = readSettings(process.env, root);
  refuseOthers(settings);
  const port = portOf(settings.home);
  const { home, production } = settings;
  const env = withEarlier({ home, production, env: process.env });
  const secrets = await loadSecrets({ home, production, embeddedDatabase: true, backups: true, env });
  const url = `postgres://postgres:${encodeURIComponent(secrets.DATABASE_PASSWORD)}@127.0.0.1:${port}/postgres`;
  const accepted = await openAccepted(secrets, env);
  accepted.close();
  const input = backupInput(settings, accepted, url, env);
  const progress = createProgress(process.stdout);
  const { base, removed } = await progress.step('Base backup', (of) =>
    inTurn(
      () => takeBackup(input, ({ done, of: all }) => of(done / all)),
      () => progress.note('Another backup is under way; waiting for its end'),
    ),
  );
  const { id, files, data, endedAt } = base.manifest;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const gb = (value: number) => `${(value / gigabyte).toFixed(2)} GB`;
  process.stdout.write(
    [
      `\n  Backup    ${join(input.folder, base.repository.systemId, 'base', id)}`,
      `  Size      ${gb(data.bytes)}, of ${gb(bytes)} in ${files.length} files`,
      `  Restores  any moment since ${endedAt}`,
      `  All       ${gb(removed.bytes)}; removed: ${removed.bases} older backups, ${removed.walFiles} files of the log\n\n`,
    ].join('\n'),
  );
}

await run().catch((error) => {
  const isExpected = error instanceof UserError || error instanceof BackupBusy;
  process.stderr.write(`${isExpected ? error.message : error.stack}\n`);
  process.exitCode = 1;
});

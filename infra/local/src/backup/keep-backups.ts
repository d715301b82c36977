import { join } from 'node:path';
import { type Archiver, startArchiver } from '@stockade/backup/archiver';
import { hasGap } from '@stockade/backup/gap';
import { backupKeys } from '@stockade/backup/keys';
import { listBases, type Repository, timeOfBase } from '@stockade/backup/repository';
import { writeStatus } from '@stockade/backup/status';
import { systemIdOf } from '@stockade/backup/system-id';
import { runScript } from '../run-script.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { type BackupInput, backupInput, gigabyte, previousKeys } from './settings.ts';
import type { ScheduledBackup } from './take-scheduled.ts';

/** The start has the machine for itself. */
const firstLookMs = 30_000;
const lookEveryMs = 10_000;
const dayMs = 86_400_000;
const againAfterMs = 5 * 60_000;
/** So much of the log waits for a target that is away. */
const maxWaitingBytes = 4 * gigabyte;

export const statusFile = (home: string): string => join(home, 'backup-status.json');

export interface Backups {
  /** To be called before PostgreSQL is stopped, which waits for its last files. */
  serverStops(): void;
  stop(): Promise<void>;
}

interface Options {
  settings: Settings;
  secrets: Secrets;
  /** Of the embedded server. */
  database: { url: string; dataDir: string };
  note: (text: string) => void;
}

/** Archives the embedded server's log, and has a base backup taken every day, until it is stopped. */
export async function keepBackups({ settings, secrets, database, note }: Options): Promise<Backups> {
  const { dataDir } = database;
  const repository: Repository = {
    folder: settings.backups.folder,
    systemId: await systemIdOf(dataDir),
  };
  const archiver = await startArchiver({
    ...{ dataDir, repository, note, maxWaitingBytes },
    keys: backupKeys(secrets.BACKUP_KEY, previousKeys(process.env)),
  });
  const input = () => backupInput(settings, secrets, database.url, process.env);
  const schedule = startSchedule({ home: settings.home, dataDir, repository, archiver, input, note });
  return {
    serverStops: () => archiver.serverStops(),
    async stop() {
      await schedule.stop();
      await archiver.stop();
    },
  };
}

interface ScheduleOptions {
  home: string;
  dataDir: string;
  repository: Repository;
  archiver: Archiver;
  input: () => BackupInput;
  note: (text: string) => void;
}

function startSchedule({ home, dataDir, repository, archiver, input, note }: ScheduleOptions) {
  const stopping = new AbortController();
  const since = new Date();
  let lastBackupAt: Date | null = null;
  let problem: string | null = null;
  let failedAt = 0;
  let timer = setTimeout(look, firstLookMs);
  let looking: Promise<void> = tell();

  function look(): void {
    looking = takeWhatIsDue().finally(() => {
      if (!stopping.signal.aborted) timer = setTimeout(look, lookEveryMs);
    });
  }

  /** Never rejects: a problem of the backups is told, and ends nothing else. */
  async function takeWhatIsDue(): Promise<void> {
    await tell();
    try {
      if (!(await isDue())) return;
      const { bytes } = await runScript<ScheduledBackup>(
        'backup/take-scheduled.ts',
        input(),
        stopping.signal,
      );
      problem = bytes !== undefined && bytes > input().maxBytes ? tooLarge(bytes) : null;
      if (problem) note(problem);
    } catch (error) {
      if (stopping.signal.aborted) return;
      failedAt = Date.now();
      problem = (error as Error).message;
      note(`The backup failed: ${problem}`);
    }
    await tell();
  }

  async function isDue(): Promise<boolean> {
    if (Date.now() - failedAt < againAfterMs || archiver.state().problem !== null) return false;
    return !lastBackupAt || Date.now() - lastBackupAt.getTime() >= dayMs || (await hasGap(dataDir));
  }

  /** One that `npm run backup` took counts as well: what is there is looked at. */
  async function tell(): Promise<void> {
    try {
      const newest = (await listBases(repository)).at(-1);
      lastBackupAt = newest ? timeOfBase(newest) : null;
      const { archivedUntil, waiting, waitingSince, problem: archiveProblem } = archiver.state();
      await writeStatus(statusFile(home), {
        at: new Date().toISOString(),
        since: since.toISOString(),
        lastBackupAt: lastBackupAt?.toISOString() ?? null,
        problem,
        archive: {
          until: archivedUntil?.toISOString() ?? null,
          waiting,
          waitingSince: waitingSince?.toISOString() ?? null,
          problem: archiveProblem,
        },
      });
    } catch (error) {
      note(`How the backups are cannot be written down: ${(error as Error).message}`);
    }
  }

  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}

const tooLarge = (bytes: number) =>
  `Backups take ${(bytes / gigabyte).toFixed(1)} GB, more than BACKUP_MAX_GB allows, with the newest alone left: allow more, or choose a larger place`;

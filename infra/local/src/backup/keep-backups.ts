import { join } from 'node:path';
import { type Archiver, startArchiver } from '@stockade/backup/archiver';
import { hasGap } from '@stockade/backup/gap';
import { type BackupKeys, backupKeys } from '@stockade/backup/keys';
import { readManifest } from '@stockade/backup/manifest';
import { listBases, type Repository, timeOfBase } from '@stockade/backup/repository';
import { SealedFileError } from '@stockade/backup/sealed';
import { writeStatus } from '@stockade/backup/status';
import { systemIdOf } from '@stockade/backup/system-id';
import { runScript } from '../run-script.ts';
import { type AcceptedSecrets, openAccepted, type Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { backupInput, gigabyte, hasSecrets, secretFiles } from './settings.ts';
import type { ScheduledBackup } from './take-scheduled.ts';

/** The start has the machine for itself. */
const looks = { firstMs: 30_000, everyMs: 10_000 };
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
  env: NodeJS.ProcessEnv;
  /** Of the embedded server. */
  database: { url: string; dataDir: string };
  note: (text: string) => void;
  /** When it is looked whether a base backup is due; usual times unless told. */
  looks?: { firstMs: number; everyMs: number };
}

/** Archives the embedded server's log, and has base backups taken when they are due, until it is stopped. */
export async function keepBackups(options: Options): Promise<Backups> {
  const { settings, secrets, env, database, note } = options;
  const { dataDir } = database;
  const repository: Repository = {
    folder: settings.backups.folder,
    systemId: await systemIdOf(dataDir),
  };
  const accepted = await openAccepted(secrets, env);
  const [key = '', ...previousKeys] = accepted.values().BACKUP_KEY;
  const keys = backupKeys(key, previousKeys);
  const archiver = await startArchiver({ dataDir, repository, note, maxWaitingBytes, keys });
  const schedule = startSchedule({ looks, ...options, repository, archiver, accepted, keys });
  return {
    serverStops: () => archiver.serverStops(),
    async stop() {
      await schedule.stop();
      accepted.close();
      await archiver.stop();
    },
  };
}

interface ScheduleOptions extends Required<Options> {
  repository: Repository;
  archiver: Archiver;
  accepted: AcceptedSecrets;
  keys: BackupKeys;
}

function startSchedule(options: ScheduleOptions) {
  const { settings, env, database, note, looks, repository, archiver, accepted, keys } = options;
  const { maxGb } = settings.backups;
  const stopping = new AbortController();
  const since = new Date();
  let newest: string | undefined;
  let inNewest: { id: string; files: Record<string, string> } | undefined;
  let problem: string | null = null;
  let failedAt = 0;
  let timer = setTimeout(look, looks.firstMs);
  let looking: Promise<void> = tell();

  function look(): void {
    looking = takeWhatIsDue().finally(() => {
      if (!stopping.signal.aborted) timer = setTimeout(look, looks.everyMs);
    });
  }

  /** Never rejects: a problem of the backups is told, and ends nothing else. */
  async function takeWhatIsDue(): Promise<void> {
    await tell();
    try {
      if (!(await isDue())) return;
      await accepted.refresh();
      const { bytes } = await runScript<ScheduledBackup>(
        'backup/take-scheduled.ts',
        backupInput(settings, accepted, database.url, env),
        stopping.signal,
      );
      problem = bytes !== undefined && bytes > maxGb * gigabyte ? tooLarge(bytes) : null;
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
    if (!newest || Date.now() - timeOfBase(newest).getTime() >= dayMs) return true;
    return (await hasGap(database.dataDir)) || !(await newestHasSecrets(newest));
  }

  /** What is sealed with a key that no backup has would be lost. One that does not open is of no use either. */
  async function newestHasSecrets(id: string): Promise<boolean> {
    if (inNewest?.id !== id) {
      const files = await readManifest(repository, keys, id).then(
        ({ home }) => home,
        (error) => {
          if (error instanceof SealedFileError) return {};
          throw error;
        },
      );
      inNewest = { id, files };
    }
    return hasSecrets(inNewest.files, secretFiles(accepted.values(), env));
  }

  /** One that `npm run backup` took counts as well: what is there is looked at. */
  async function tell(): Promise<void> {
    try {
      newest = (await listBases(repository)).at(-1);
      const { archivedUntil, waiting, waitingSince, problem: archiveProblem } = archiver.state();
      await writeStatus(statusFile(settings.home), {
        at: new Date().toISOString(),
        since: since.toISOString(),
        lastBackupAt: newest ? timeOfBase(newest).toISOString() : null,
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

import { problemsOf, readStatus } from '@stockade/backup/status';
import { Gauge, type Registry } from 'prom-client';

/** How backups are, for operators: what the launcher writes down. Somebody else's database is backed up by somebody else. */
export async function backupsCheck(file: string | undefined) {
  if (!file) return { status: 'ok' as const, details: { keptBy: 'the operator of the database' } };
  const status = await readStatus(file);
  const problems = problemsOf(status, new Date());
  return {
    status: problems.length > 0 ? ('degraded' as const) : ('ok' as const),
    details: {
      lastBackupAt: status?.lastBackupAt ?? null,
      archivedUntil: status?.archive.until ?? null,
      waitingFiles: status?.archive.waiting ?? null,
      problems,
      lastError: status?.problem ?? status?.archive.problem ?? null,
    },
  };
}

const seconds = (time: string | null | undefined) => (time ? Date.parse(time) / 1_000 : 0);

/** The same for Prometheus, whenever it scrapes; infra/prometheus/backup.rules.yml has the alarms. */
export function backupMetrics(registry: Registry, file: string | undefined): void {
  if (!file) return;
  const gauge = (
    name: string,
    help: string,
    read: (status: Awaited<ReturnType<typeof readStatus>>) => number,
  ) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await readStatus(file)));
      },
    });
  gauge(
    'stockade_backup_last_success_timestamp_seconds',
    'When the newest complete base backup was begun; 0: never',
    (status) => seconds(status?.lastBackupAt),
  );
  gauge('stockade_backup_since_timestamp_seconds', 'Since when backups are looked after', (status) =>
    seconds(status?.since),
  );
  gauge(
    'stockade_backup_archive_waiting_timestamp_seconds',
    'Since when the oldest file of the write-ahead log waits to be archived; 0: none does',
    (status) => seconds(status?.archive.waitingSince),
  );
  gauge(
    'stockade_backup_archive_waiting_files',
    'Files of the write-ahead log that wait to be archived',
    (status) => status?.archive.waiting ?? 0,
  );
}

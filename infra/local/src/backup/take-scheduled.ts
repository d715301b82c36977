// Run by the launcher as a process of its own: takes a backup and ends.
import { setPriority } from 'node:os';
import { BackupBusy } from '@stockade/backup';
import { answer } from '../run-script.ts';
import type { BackupInput } from './settings.ts';
import { takeBackup } from './take.ts';

export interface ScheduledBackup {
  /** What all backups take now; undefined when somebody else was taking one. */
  bytes?: number;
}

// Whoever uses the system comes first.
setPriority(10);

await answer<BackupInput, ScheduledBackup>(async (input) => {
  try {
    return { bytes: (await takeBackup(input)).removed.bytes };
  } catch (error) {
    if (error instanceof BackupBusy) return {};
    throw error;
  }
});

export { type Manifest, readManifest } from './base/manifest.ts';
export { applyRetention, type Removed } from './base/retention.ts';
export { BackupBusy, type BaseBackup, takeBase } from './base/take.ts';
export { type Kept, listKept, NotKept, sourcesFor, spans } from './restore/choose.ts';
export { type Restored, type RestoreProgress, restore } from './restore/restore.ts';
export { SealedFileError } from './sealed/format.ts';
export { type BackupKeys, backupKeys } from './sealed/keys.ts';

import { manifestOf, type Repository } from '../repository.ts';
import { seal, unsealAll } from '../sealed/file.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { parseLsn, segmentBytes } from '../wal/names.ts';

const format = 1;

export interface ManifestFile {
  path: string;
  size: number;
  sha256: string;
}

/** What a base backup holds; sealed, and so authentic. */
export interface Manifest {
  format: number;
  id: string;
  systemId: string;
  /** Of the server, as 180004. */
  serverVersion: number;
  startedAt: string;
  /** From this moment on it can be restored to. */
  endedAt: string;
  /** Of the log that it needs: from here … */
  startLsn: string;
  /** … to here. */
  stopLsn: string;
  timeline: number;
  backupLabel: string;
  directories: string[];
  /** In the order in which they stand in `data`, one behind the other. */
  files: ManifestFile[];
  /** The sealed file with all contents, as it lies there. */
  data: { bytes: number; sha256: string };
  /** Files of STOCKADE_HOME: above all the keys, without which sealed mail and bank details stay closed. */
  home: Record<string, string>;
}

/** `folder`: where it lies while the backup is not complete. */
export async function writeManifest(
  repository: Repository,
  keys: BackupKeys,
  manifest: Omit<Manifest, 'format'>,
  folder: string,
): Promise<void> {
  const content = Buffer.from(JSON.stringify({ format, ...manifest }));
  const place = manifestOf(repository, manifest.id, folder);
  await seal(place, keys, new Date(manifest.endedAt), [content]);
}

export async function readManifest(repository: Repository, keys: BackupKeys, id: string): Promise<Manifest> {
  const place = manifestOf(repository, id);
  const manifest = JSON.parse((await unsealAll(place, keys)).toString()) as Manifest;
  if (manifest.format !== format)
    throw new Error(`${place.path} was written by another release (format ${manifest.format})`);
  return manifest;
}

/** The numbers of the segments that a backup needs, to be consistent: the first, */
export const firstSegmentOf = ({ startLsn }: Pick<Manifest, 'startLsn'>): bigint =>
  parseLsn(startLsn) / segmentBytes;

/** and the last. */
export const lastSegmentOf = ({ stopLsn }: Pick<Manifest, 'stopLsn'>): bigint =>
  (parseLsn(stopLsn) - 1n) / segmentBytes;

import { createHash } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { syncFolder } from '../durable.ts';
import {
  baseIdAt,
  basesOf,
  dataOf,
  makeRepository,
  type Repository,
  removeUnfinished,
  unfinishedSuffix,
  walFile,
} from '../repository.ts';
import { type Sealed, seal } from '../sealed/file.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { closeGap, hasGap } from '../wal/gap.ts';
import { segmentName } from '../wal/names.ts';
import { listDataFiles, readDataFile } from './files.ts';
import {
  firstSegmentOf,
  lastSegmentOf,
  type Manifest,
  type ManifestFile,
  writeManifest,
} from './manifest.ts';

const archiveTimeoutMs = 300_000;

export class BackupBusy extends Error {
  override name = 'BackupBusy';
}

export interface BaseOptions {
  /** Of the superuser, for the length of the backup; the server's session is what makes it one at a time. */
  client: pg.Client;
  folder: string;
  keys: BackupKeys;
  /** Files of STOCKADE_HOME that belong to it, by name. */
  home: Record<string, string>;
  onProgress?: (file: { done: number; of: number }) => void;
}

export interface BaseBackup {
  repository: Repository;
  manifest: Manifest;
}

/**
 * Takes a base backup of a running server on this machine, by PostgreSQL's low-level API. It counts when its folder has its
 * name: whatever dies before leaves the earlier ones as they were. Throws BackupBusy when another one is under way.
 */
export async function takeBase(options: BaseOptions): Promise<BaseBackup> {
  const { client, folder, keys, home } = options;
  const server = await begin(client);
  const repository = { folder, systemId: server.systemId };
  await makeRepository(repository);
  const bases = basesOf(repository);
  await removeUnfinished(bases);
  const wasGap = await hasGap(server.dataDir);

  const started = await client.query(
    `select pg_backup_start('stockade', fast => true)::text as lsn, clock_timestamp() as at`,
  );
  const { lsn: startLsn, at: startedAt } = started.rows[0];
  const id = baseIdAt(startedAt);
  const unfinished = id + unfinishedSuffix;
  try {
    await mkdir(join(bases, unfinished), { mode: 0o700 });
    const copied = await copyFiles(options, server.dataDir, repository, id, unfinished, startedAt);
    const stopped = await finish(client);
    const manifest = {
      ...{ id, systemId: server.systemId, serverVersion: server.version, timeline: stopped.timeline },
      ...{ startedAt: startedAt.toISOString(), endedAt: stopped.at.toISOString(), startLsn },
      ...{ stopLsn: stopped.lsn, backupLabel: stopped.label, ...copied, home },
    };
    await assertArchived(repository, manifest);
    await writeManifest(repository, keys, manifest, unfinished);
    await rename(join(bases, unfinished), join(bases, id));
    await syncFolder(bases);
    if (wasGap) await closeGap(server.dataDir);
    return { repository, manifest: { format: 1, ...manifest } };
  } catch (error) {
    await rm(join(bases, unfinished), { recursive: true, force: true });
    throw error;
  }
}

async function begin(client: pg.Client) {
  const { rows } = await client.query(`
    select pg_try_advisory_lock(hashtextextended('stockade-backup', 0)) as alone,
      current_setting('data_directory') as "dataDir",
      current_setting('archive_mode') <> 'off' as archives,
      current_setting('server_version_num')::int as version,
      current_setting('wal_segment_size') as "segmentSize",
      (select system_identifier::text from pg_control_system()) as "systemId"`);
  const server = rows[0];
  if (!server.alone) throw new BackupBusy('Another backup of this database is under way');
  if (!server.archives)
    throw new Error('This server archives no write-ahead log: start Stockade with BACKUP=true');
  if (server.segmentSize !== '16MB') throw new Error(`Segments of ${server.segmentSize} are not supported`);
  return server as { dataDir: string; version: number; systemId: string };
}

async function copyFiles(
  { keys, onProgress }: BaseOptions,
  dataDir: string,
  repository: Repository,
  id: string,
  unfinished: string,
  startedAt: Date,
): Promise<{ directories: string[]; files: ManifestFile[]; data: Sealed }> {
  const { directories, files: paths } = await listDataFiles(dataDir);
  const files: ManifestFile[] = [];
  async function* contents(): AsyncGenerator<Buffer> {
    for (const path of paths) {
      const hash = createHash('sha256');
      let size = 0;
      for await (const part of readDataFile(dataDir, path)) {
        hash.update(part);
        size += part.length;
        yield part;
      }
      files.push({ path, size, sha256: hash.digest('hex') });
      onProgress?.({ done: files.length, of: paths.length });
    }
  }
  const data = await seal(dataOf(repository, id, unfinished), keys, startedAt, contents());
  return { directories, files, data };
}

/** Ends when the log that the backup needs is in the archive. */
async function finish(client: pg.Client) {
  await client.query(`set statement_timeout = ${archiveTimeoutMs}`);
  const { rows } = await client
    .query('select lsn::text, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => true)')
    .catch((error) => {
      if (error.code !== '57014') throw error;
      throw new Error(
        `The write-ahead log that the backup needs was not archived within ${archiveTimeoutMs / 1_000} s: is the target full or away?`,
      );
    });
  const { lsn, labelfile: label, spcmapfile: map } = rows[0];
  if (map?.trim()) throw new Error('Table spaces elsewhere cannot be backed up');
  const timeline = Number(/^START TIMELINE: (\d+)/m.exec(label)?.[1]);
  const now = await client.query('select clock_timestamp() as at');
  // Rounded up: milliseconds that were cut off could lie before the backup's end.
  const at = new Date(now.rows[0].at.getTime() + 1);
  return { lsn: lsn as string, label: label as string, timeline, at };
}

/** The server believes what the archiver said; what was given up for want of room is not there. */
async function assertArchived(
  repository: Repository,
  manifest: Pick<Manifest, 'startLsn' | 'stopLsn' | 'timeline'>,
): Promise<void> {
  const { timeline } = manifest;
  for (let no = firstSegmentOf(manifest); no <= lastSegmentOf(manifest); no++)
    await access(walFile(repository, segmentName({ timeline, no })).path).catch(() => {
      throw new Error('Files of the write-ahead log that the backup needs were given up: it is of no use');
    });
}

// `npm run restore -- --to <time>`: makes a Stockade of another moment from the backups, in a folder of its own.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type BackupKeys,
  backupKeys,
  type Kept,
  listKept,
  NotKept,
  restore,
  SealedFileError,
  sourcesFor,
  spans,
} from '@stockade/backup';
import { lockHome, prepareHome } from '../home.ts';
import { root } from '../processes.ts';
import { createProgress } from '../progress.ts';
import { previousOf, withEarlier } from '../secrets.ts';
import { readSettings, type Settings, UserError } from '../settings.ts';
import { listenForStop, StoppedBySignal } from '../signals.ts';
import { assertFree, moveAside, putHomeFiles } from './place.ts';

const usage = `npm run restore -- [--list] [--to <time>] [--into <folder>] [--from <folder>] [--key-file <file>] [--replace]

  --list       what can be restored
  --to         the moment, as 2026-01-31T09:30:00Z; the newest without it
  --into       the home to make; the usual one's name with "-restored" unless set
  --from       the backups; BACKUP_FOLDER unless set
  --key-file   a file with BACKUP_KEY, or a secrets.json; else the environment or the usual home's secrets.json has it
  --replace    what is in the home already is moved aside`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        list: { type: 'boolean', default: false },
        to: { type: 'string' },
        into: { type: 'string' },
        from: { type: 'string' },
        'key-file': { type: 'string' },
        replace: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** With its zone: a moment that means another one elsewhere would be restored wrongly in silence. */
function momentOf(text: string): Date {
  const form = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/;
  const moment = new Date(text.replace(' ', 'T'));
  if (!form.test(text) || Number.isNaN(moment.getTime()))
    throw new UserError(
      `--to must be a time with its zone, as 2026-01-31T09:30:00Z or 2026-01-31T10:30:00+01:00`,
    );
  return moment;
}

/** BACKUP_KEY as it was kept elsewhere, or as it stands in the home that the backups are of. */
function findKeys({ home, production }: Settings, file: string | undefined): BackupKeys {
  const previous = previousOf(withEarlier({ home, production, env: process.env }), 'BACKUP_KEY');
  if (file) return backupKeys(keyIn(resolve(file)), previous);
  return backupKeys(process.env.BACKUP_KEY || keyIn(join(home, 'secrets.json')), previous);
}

function keyIn(path: string): string {
  let content: string;
  try {
    content = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new UserError(
      `No BACKUP_KEY: ${(error as Error).message}. Set it, or name the file that you keep it in with --key-file.`,
    );
  }
  const key = content.startsWith('{') ? JSON.parse(content).BACKUP_KEY : content;
  if (typeof key !== 'string' || key === '') throw new UserError(`${path} holds no BACKUP_KEY`);
  return key;
}

function list({ sources, unusable }: Kept): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(sources.length === 0 ? 'There is nothing to restore.' : 'Any moment can be restored:');
  for (const { from, until } of spans(sources)) say(`  ${from.toISOString()}  to  ${until.toISOString()}`);
  if (sources.length > 0) say('\nBase backups:');
  for (const { manifest, course } of sources)
    say(
      `  ${manifest.id}  ${(manifest.data.bytes / 1e6).toFixed(0)} MB, then ${course.segments.length} files of the log`,
    );
  for (const { id, reason } of unusable) say(`  ${id}  of no use: ${reason}`);
}

async function run(): Promise<void> {
  const options = readArguments();
  const settings = readSettings(process.env, root);
  const folder = options.from ? resolve(options.from) : settings.backups.folder;
  const keys = findKeys(settings, options['key-file']);
  if (options.list) return list(await listKept(folder, keys));

  const to = options.to === undefined ? undefined : momentOf(options.to);
  const home = options.into ? resolve(options.into) : `${settings.home}-restored`;
  assertFree(home, options.replace);
  const request = listenForStop();
  const progress = createProgress(process.stdout);
  const kept = await listKept(folder, keys);
  for (const { id, reason } of kept.unusable) progress.note(`${id} is of no use: ${reason}`);
  const sources = sourcesFor(kept, to);
  prepareHome(home);
  const unlock = lockHome(home);
  try {
    const built = join(home, 'postgres.restored');
    const options = { sources, keys, to, dataDir: built, signal: request.signal, progress };
    const { source, lastCommit, putInPlace } = await restore(options);
    const aside = await moveAside(home, new Date(), progress.note);
    await putHomeFiles(home, source.manifest.home);
    await putInPlace(join(home, 'postgres'));
    process.stdout.write(
      [
        `\n  Restored  ${home}, as of ${(to ?? source.course.until).toISOString()}`,
        `  Last      commit at ${lastCommit?.toISOString() ?? 'no time: nothing was committed since the base backup'}`,
        ...(aside ? [`  Before    moved to ${aside}`] : []),
        ...(process.env.REDIS_URL
          ? ['  Redis     empty it first: it knows of what is not there any more']
          : []),
        `  Start     STOCKADE_HOME=${home} npm start\n\n`,
      ].join('\n'),
    );
  } finally {
    unlock();
  }
}

await run().catch((error) => {
  if (error instanceof StoppedBySignal) process.stderr.write('\nStopped; nothing was restored.\n');
  else {
    const isExpected = [UserError, NotKept, SealedFileError].some((kind) => error instanceof kind);
    process.stderr.write(`\n${isExpected ? error.message : error.stack}\n`);
  }
  process.exitCode = 1;
});
// A signal's handler or a server's log would keep it alive.
process.exit();

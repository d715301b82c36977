import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server runs as: `{}` is this process's own user. Fits into spawn's options. */
export interface OsUser {
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses root. As root, the owner of existing data is taken, else the system's `postgres`, else
 * `nobody`; nothing is created on the machine. Everybody else runs it as themselves.
 */
export async function serverUser(dataDir: string): Promise<OsUser> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const user = await lookUp(name);
    if (user) return user;
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody: start as another user',
  );
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether a command ends well for that user. Trying it beats reading modes: access lists and mounts count too. */
export async function succeedsAs(user: OsUser, command: string, args: string[]): Promise<boolean> {
  try {
    await run(command, args, { ...user, cwd: '/', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

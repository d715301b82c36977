import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { eventually } from '@stockade/testing';

const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));

/** In CI there has to be one. */
export const noDovecot = binary || process.env.CI ? false : 'dovecot-imapd is not installed';

// In one word: dovecot's settings take white space for an end.
export const password = 'correct-horse';

export interface Dovecot {
  readonly port: number;
  /** Puts a message into somebody's mailbox, as a delivery would. */
  deliver(user: string, raw: string | Buffer): Promise<void>;
  /** Names of the mailbox's files: those that were read carry an S behind `:2,`. */
  files(user: string): Promise<string[]>;
  /** Forgets all UIDs: the mailbox is numbered anew. */
  renumber(user: string): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good. */
  end(): Promise<void>;
}

/** A real server with mailboxes in a folder of its own. */
export async function startDovecot(): Promise<Dovecot> {
  if (!binary) throw new Error('dovecot-imapd is not installed');
  const base = await mkdtemp(join(tmpdir(), 'stockade-dovecot-'));
  await chmod(base, 0o755);
  const port = await freePort();
  const { username: me, ...own } = userInfo();
  const isRoot = own.uid === 0;
  // Dovecot opens no mailbox as root: then they are nobody's.
  const { uid, gid } = isRoot ? { uid: 65_534, gid: 65_534 } : own;
  for (const name of ['mail', 'home']) {
    await mkdir(join(base, name));
    await chown(join(base, name), uid, gid);
  }
  const config = `
base_dir = ${base}/run
state_dir = ${base}/run
log_path = ${base}/log
ssl = no
disable_plaintext_auth = no
protocols = imap
listen = 127.0.0.1
default_internal_user = ${isRoot ? 'dovecot' : me}
default_login_user = ${isRoot ? 'dovenull' : me}
default_internal_group = ${isRoot ? 'dovecot' : me}
mail_location = maildir:${base}/mail/%u
first_valid_uid = 0
first_valid_gid = 0
mail_uid = ${uid}
mail_gid = ${gid}
maildir_stat_dirs = yes
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${base}/home/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
  const file = join(base, 'dovecot.conf');
  await writeFile(file, config);
  const folder = (user: string) => join(base, 'mail', user);
  let child: ChildProcess | undefined;
  let delivered = 0;
  const answers = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.setTimeout(500, () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  const server: Dovecot = {
    port,
    async deliver(user, raw) {
      for (const name of ['', 'new', 'cur', 'tmp']) {
        await mkdir(join(folder(user), name), { recursive: true });
        await chown(join(folder(user), name), uid, gid);
      }
      const path = join(folder(user), 'new', `${Date.now()}.${String(++delivered).padStart(6, '0')}.test`);
      // Written elsewhere first: the server must not see half of it.
      const written = path.replace('/new/', '/tmp/');
      await writeFile(written, raw);
      await chown(written, uid, gid);
      await rename(written, path);
    },
    files: async (user) => [
      ...(await readdir(join(folder(user), 'new'))),
      ...(await readdir(join(folder(user), 'cur'))),
    ],
    async renumber(user) {
      for (const name of await readdir(folder(user)))
        if (name.startsWith('dovecot')) await rm(join(folder(user), name));
    },
    async start() {
      child = spawn(binary, ['-F', '-c', file], { stdio: 'ignore' });
      await eventually('dovecot answers', answers);
    },
    async stop() {
      const running = child;
      child = undefined;
      if (!running) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      await ended;
    },
    async end() {
      await server.stop();
      await rm(base, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

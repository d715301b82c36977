import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { checkName, type SecretProvider, SecretsUnavailable, type SecretVersion, toSet } from './provider.ts';

const maxBytes = 64 * 1024;

/**
 * A folder with a file for each secret, as Docker and Kubernetes mount them: `NAME` is the value; `NAME.previous` holds
 * earlier ones that are still accepted, newest first, one a line.
 */
export function createFileProvider(folder: string): SecretProvider {
  return {
    kind: 'file',
    async read(name) {
      checkName(name);
      const [current] = await readLines(join(folder, name));
      if (!current) return null;
      const previous = await readLines(join(folder, `${name}.previous`));
      return toSet([current, ...previous.map(({ version, value }) => ({ version, value }))]);
    },
  };
}

/** The lines that are not empty; none when there is no such file. A version is the file's time and the line's number. */
async function readLines(path: string): Promise<SecretVersion[]> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new SecretsUnavailable(code === 'EACCES' ? 'forbidden' : 'unreachable', `${path}: ${code}`);
  }
  try {
    const { size, mtime } = await file.stat();
    if (size > maxBytes) throw new SecretsUnavailable('malformed', `${path} is too large for a secret`);
    const lines = (await file.readFile('utf8')).split(/\r?\n/).filter((line) => line !== '');
    return lines.map((value, at) => ({
      version: at === 0 ? mtime.toISOString() : `${mtime.toISOString()} line ${at + 1}`,
      value,
      since: mtime.getTime(),
    }));
  } catch (error) {
    if (error instanceof SecretsUnavailable) throw error;
    throw new SecretsUnavailable('unreachable', `${path}: ${(error as NodeJS.ErrnoException).code}`);
  } finally {
    await file.close();
  }
}

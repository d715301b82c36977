import { existsSync } from 'node:fs';
import { mkdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stopLeftoverServer } from '@stockade/database/embedded';
import { UserError } from '../settings.ts';

/** What a backup brings to a home. */
const names = ['postgres', 'secrets.json', 'earlier-secrets.json', 'credentials.json'];

const occupied = (home: string) => names.filter((name) => existsSync(join(home, name)));

/** Throws when there is something in the home already, unless it may be replaced. */
export function assertFree(home: string, replace: boolean): void {
  const found = occupied(home);
  if (found.length > 0 && !replace)
    throw new UserError(
      `${home} holds a Stockade already (${found.join(', ')}). Choose another folder with --into, or move what is there aside with --replace.`,
    );
}

/** Moves what is there into a folder beside it: nothing is deleted. Gives the folder, or undefined when there was nothing. */
export async function moveAside(
  home: string,
  now: Date,
  note: (text: string) => void,
): Promise<string | undefined> {
  const found = occupied(home);
  if (found.length === 0) return undefined;
  if (found.includes('postgres')) await stopLeftoverServer(await realpath(join(home, 'postgres')), note);
  const aside = join(home, `replaced-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
  await mkdir(aside, { mode: 0o711 });
  for (const name of found) await rename(join(home, name), join(aside, name));
  return aside;
}

/** Puts the keys and credentials of a backup into the home, for its owner's eyes. */
export async function putHomeFiles(home: string, files: Record<string, string>): Promise<void> {
  for (const name of names) {
    const content = files[name];
    if (content !== undefined) await writeFile(join(home, name), content, { mode: 0o600, flag: 'wx' });
  }
}

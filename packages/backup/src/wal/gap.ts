import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exchangeFolder } from './exchange.ts';

/**
 * Says in the data directory that the archive has a gap, or leads on elsewhere, until a base backup begins anew. Not in the archive:
 * that is what could not be written to.
 */
const gapFile = (dataDir: string) => join(dataDir, `${exchangeFolder}-gap`);

export async function noteGap(dataDir: string): Promise<void> {
  await writeFile(gapFile(dataDir), '', { mode: 0o644 });
}

export const hasGap = (dataDir: string): Promise<boolean> =>
  access(gapFile(dataDir)).then(
    () => true,
    () => false,
  );

export async function closeGap(dataDir: string): Promise<void> {
  await rm(gapFile(dataDir), { force: true });
}

import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** PostgreSQL's number of a cluster, as it stands at the beginning of its pg_control; no server is needed for that. */
export async function systemIdOf(dataDir: string): Promise<string> {
  const handle = await open(join(dataDir, 'global/pg_control'));
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    if (bytesRead < 8) throw new Error(`${dataDir}/global/pg_control is damaged`);
    return buffer.readBigUInt64LE().toString();
  } finally {
    await handle.close();
  }
}

import { copyFile, type FileHandle, open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

const maxBytes = 8 * 1024 * 1024;

/** The server's log in the data directory; it writes there itself, so that nothing is lost when this process dies. */
export interface ServerLog {
  handle: FileHandle;
  /** What was written since this log was opened (its last 4,000 characters). */
  tail(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the log, and keeps it and one predecessor below 8 MB each (looked at once a minute). */
export async function openServerLog(dataDir: string): Promise<ServerLog> {
  const path = join(dataDir, 'postgresql.log');
  await bound(path);
  const handle = await open(path, 'a', 0o600);
  const { size: start } = await handle.stat();
  const timer = setInterval(() => void bound(path).catch(() => undefined), 60_000);
  timer.unref();
  return { handle, tail, close };

  async function tail() {
    const reader = await open(path, 'r');
    try {
      const { size } = await reader.stat();
      const from = Math.max(start > size ? 0 : start, size - 4_000);
      const { buffer, bytesRead } = await reader.read({ position: from, buffer: Buffer.alloc(4_000) });
      return buffer.subarray(0, bytesRead).toString();
    } finally {
      await reader.close();
    }
  }

  async function close() {
    clearInterval(timer);
    await handle.close().catch(() => undefined);
  }
}

/** The server holds the file open for appending: it is copied and emptied, not renamed. */
async function bound(path: string): Promise<void> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size < maxBytes) return;
  await copyFile(path, `${path}.1`);
  await truncate(path, 0);
}

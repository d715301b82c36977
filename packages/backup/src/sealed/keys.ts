import { createHash, hkdfSync } from 'node:crypto';

export const keyLength = 32;

/** What opens and seals backups. */
export interface BackupKeys {
  /** The id of the key that seals. */
  readonly currentId: string;
  /** The key with that id (16 hex digits); undefined when it is none of ours. */
  find(id: string): Buffer | undefined;
}

const derive = (secret: string, salt: Buffer, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, salt, `stockade backup: ${purpose}`, keyLength));

/** The keys made from `BACKUP_KEY`, and from earlier values of it, which still open what they sealed. */
export function backupKeys(secret: string, previous: readonly string[] = []): BackupKeys {
  const entries = [secret, ...previous].map((value) => {
    const key = derive(value, Buffer.alloc(0), 'key');
    return [createHash('sha256').update(key).digest('hex').slice(0, 16), key] as const;
  });
  const known = new Map(entries.reverse());
  return { currentId: entries.at(-1)?.[0] ?? '', find: (id) => known.get(id) };
}

/** Each file has a key of its own, which its name is part of: a file put into another's place does not open. */
export function fileKey(key: Buffer, salt: Buffer, name: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, `stockade backup: file ${name}`, keyLength));
}

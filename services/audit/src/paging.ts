import { errors } from '@stockade/service-kit';

/** Logs are paged by their numbers: a cursor is the last one that was shown. */
export const cursorOf = (last: number): string => Buffer.from(String(last)).toString('base64url');

export function readCursor({ cursor }: { cursor?: string }): number | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[1-9][0-9]{0,15}$/.test(text))
    throw errors.validation([{ path: '/cursor', message: 'is not a cursor of this list' }]);
  return Number(text);
}

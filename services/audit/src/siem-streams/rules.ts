import { errors } from '@stockade/service-kit';
import { namesPrivateAddress } from '@stockade/service-kit/public-addresses';

/** Whether an entry is wanted: no filter, or its action or what that begins with, whole words. */
export function isWanted(action: string, actions: readonly string[]): boolean {
  return actions.length === 0 || actions.some((one) => action === one || action.startsWith(`${one}.`));
}

/** 400 for an address that nothing may be sent to; where a name leads is looked at whenever something is sent. */
export function checkUrl(text: string, allowPrivate: boolean): void {
  const refuse = (message: string) => errors.validation([{ path: '/url', message }]);
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')))
    throw refuse('must be an https address');
  if (url.username !== '' || url.password !== '') throw refuse('must not have a user or password in it');
  if (!allowPrivate && namesPrivateAddress(url)) throw refuse('is an address of a private network');
}

/** Without what may be a secret. */
export function shownUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

const firstMs = 1_000;
const mostMs = 600_000;
const mostAskedMs = 3_600_000;

/** When to try again after so many failures: twice as long each time, half of it by chance; later if the receiver asks. */
export function retryAfterMs(failures: number, askedSeconds: number | null, random = Math.random()): number {
  const wait = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20)) * (0.5 + random / 2);
  return Math.round(Math.max(wait, Math.min(mostAskedMs, (askedSeconds ?? 0) * 1_000)));
}

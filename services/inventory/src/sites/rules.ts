import { errors } from '@stockade/service-kit';

/** Days and weeks of a site are counted in its own zone: it has to be one that the runtime knows (IANA). */
export function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw errors.validation([{ path: '/timeZone', message: 'is not a known time zone, like Europe/Berlin' }]);
  }
}

import { errors } from '@stockade/service-kit';

/** 400 unless the name is one of the IANA time zone database. Offsets (`+02:00`) are not: they know no summer time. */
export function checkTimeZone(timeZone: string): void {
  if (/^[A-Za-z]/.test(timeZone)) {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
      return;
    } catch {
      // Not known: told below.
    }
  }
  throw errors.validation([{ path: '/timeZone', message: 'is not an IANA time zone, as in Europe/Berlin' }]);
}

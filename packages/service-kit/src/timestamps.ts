import { errors } from './errors.ts';

const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(10_000, 0, 1);

/** A caller's RFC 3339 time as an instant. A leap second passes the schema, but is no time that can be reckoned with: 400. */
export function toInstant(text: string, path: string): Date {
  const instant = new Date(text);
  const time = instant.getTime();
  if (!(time >= earliest && time < latest))
    throw errors.validation([{ path, message: 'is not a time from 1970 to 9999' }]);
  return instant;
}

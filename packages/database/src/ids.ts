import { v7 } from 'uuid';

/** A UUIDv7: sorts by the time it was made, so that keys stay dense in their index and newest-first needs no other column. */
export function newId(): string {
  return v7();
}

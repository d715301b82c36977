import type { Work } from '@stockade/messaging';
import { errors } from './errors.ts';

/** The human behind the call. Rules that ask for two people compare humans: a key of one's own is no second person. */
export function personOf<DB>({ caller }: Work<DB>): string {
  if (!caller.personId)
    throw errors.forbidden('This call has to be made by a person, or with an API key that a person made.');
  return caller.personId;
}

/** 403 when the person who wants to decide is the one who began. */
export function checkSecondPerson(deciding: string, began: string, message: string): void {
  if (deciding === began) throw errors.forbidden(message);
}

import type { Principal } from '@stockade/contracts';
import { errors } from '@stockade/service-kit';
import type { Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';
import { findUser, type UserRow } from '../users/queries.ts';
import { passwordMatches } from './passwords.ts';
import { personOf } from './principals.ts';

interface Asking {
  principal: Principal;
  read<T>(read: (trx: Transaction<IdentityDb>) => Promise<T>): Promise<T>;
}

/** Who is signed in, and has shown the password again: where a stolen session must not be enough. 403 else. */
export async function confirmedPerson(
  { principal, read }: Asking,
  currentPassword: string,
): Promise<UserRow> {
  const id = personOf(principal);
  const user = await read((trx) => findUser(trx, id));
  if (!user) throw errors.notFound('User', id);
  if (!(await passwordMatches(currentPassword, user.password_hash)))
    throw errors.forbidden('The current password is wrong.');
  return user;
}

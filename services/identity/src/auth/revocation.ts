import { type Revocation, revocationChannel, revokedHeader } from '@stockade/contracts/identity';
import type { FastifyReply } from 'fastify';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

/**
 * Tells every gateway that credentials are dead: by the database at the commit, and in this very answer, which the
 * gateway that carries it takes to heart before it passes it on.
 */
export async function announceRevocation(
  trx: Transaction<IdentityDb> | Kysely<IdentityDb>,
  reply: FastifyReply,
  revocation: Revocation,
): Promise<void> {
  const message = JSON.stringify(revocation);
  await sql`select pg_notify(${revocationChannel}, ${message})`.execute(trx);
  reply.header(revokedHeader, message);
}

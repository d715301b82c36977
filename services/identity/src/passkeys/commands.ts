import type { Passkey, RegistrationResponse } from '@stockade/contracts/identity';
import { inTenant, newId } from '@stockade/database';
import { type Caller, changed, runWork, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint, type Service } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import { lockUser, type UserRow } from '../users/queries.ts';
import { putRegistration, takeRegistration } from './challenge-queries.ts';
import * as queries from './queries.ts';
import { checkRegistration, creationOptions } from './webauthn.ts';

type IdentityService = Service<IdentityDb>;
type IdentityWork = Work<IdentityDb>;

const maxPasskeys = 20;
const audited = ['name', 'backed_up'];
const target = (id: string) => ({ type: 'passkey', id });

function checkRoom(count: number): void {
  if (count >= maxPasskeys)
    throw errors.conflict(`There are ${maxPasskeys} passkeys already: remove one that is not used any more.`);
}

export async function beginRegistration(service: IdentityService, { tenantId }: Caller, user: UserRow) {
  const have = await inTenant(service.db, tenantId, (trx) =>
    queries.listPasskeys(trx, user.id, { limit: maxPasskeys }),
  );
  checkRoom(have.length);
  const options = await creationOptions(service, user, have);
  await inTenant(service.db, tenantId, (trx) =>
    putRegistration(trx, { tenantId, userId: user.id, challenge: options.challenge }),
  );
  return options;
}

interface NewPasskey {
  userId: string;
  name: string;
  credential: RegistrationResponse;
}

/** The challenge is used up whatever comes of it. */
export async function createPasskey(
  service: IdentityService,
  caller: Caller,
  { userId, name, credential: response }: NewPasskey,
): Promise<Passkey> {
  const challenge = await inTenant(service.db, caller.tenantId, (trx) => takeRegistration(trx, userId));
  if (!challenge)
    throw errors.conflict('No passkey is being added, or it took too long: ask for new options.');
  const made = await checkRegistration(service, response, challenge);
  if ('refused' in made) {
    service.log.info({ reason: made.refused }, 'A new passkey was not accepted');
    throw errors.validation([{ path: '/credential', message: 'is no answer to the options given' }]);
  }
  const { credential, credentialBackedUp } = made;
  return runWork(service.db, caller, async (work) => {
    // One at a time: so that there are never more than there may be.
    await lockUser(work.trx, userId);
    checkRoom(await queries.countPasskeys(work.trx, userId));
    const row = {
      tenant_id: work.tenantId,
      id: newId(),
      user_id: userId,
      name,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      backed_up: credentialBackedUp,
    };
    const passkey = await queries.insertPasskey(work.trx, row).catch((error) =>
      mapConstraint(error, {
        passkeys_credential_id_key: () => errors.conflict('This passkey is in use already.'),
      }),
    );
    work.audit({
      action: 'identity.passkey.create',
      target: target(row.id),
      changes: changed(null, passkey, audited),
    });
    return queries.toPasskey(passkey);
  });
}

interface Chosen {
  id: string;
  userId: string;
  ifMatch: number | null;
}

async function lockChosen({ trx }: IdentityWork, { id, userId, ifMatch }: Chosen) {
  const passkey = await queries.lockPasskey(trx, id, userId);
  if (!passkey) throw errors.notFound('Passkey', id);
  checkVersion(passkey.version, ifMatch);
  return passkey;
}

export async function renamePasskey(work: IdentityWork, chosen: Chosen, name: string): Promise<Passkey> {
  const before = await lockChosen(work, chosen);
  const after = await queries.renamePasskey(work.trx, chosen.id, name);
  work.audit({
    action: 'identity.passkey.update',
    target: target(chosen.id),
    changes: changed(before, after, audited),
  });
  return queries.toPasskey(after);
}

/** Nobody is shut out by it: whoever is active has a password (a constraint of `users`). */
export async function deletePasskey(work: IdentityWork, chosen: Chosen): Promise<void> {
  const before = await lockChosen(work, chosen);
  await queries.deletePasskeys(work.trx, chosen.userId, chosen.id);
  work.audit({
    action: 'identity.passkey.delete',
    target: target(chosen.id),
    changes: changed(before, null, audited),
  });
}

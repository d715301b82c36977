import type { Client, Credentials } from '../client.ts';
import { makes, signIn } from './cast.ts';

const table = 'identity.users';
const users = '/v1/identity/users';
const keys = '/v1/identity/api-keys';
const bearer = (key: string): Credentials => ({ authorization: `Bearer ${key}` });

/** Lets people in and out: new users, sign-ins, roles, keys that are made, used, changed and revoked. */
export function administrator(client: Client): () => Promise<void> {
  const { random, traffic } = client;
  let made = 0;

  const expectStatus = async (what: string, as: Credentials, expected: number) => {
    const status = await client.status('/v1/auth/session', as);
    if (status !== null && status !== expected)
      traffic.journal.find(`${client.name}: ${what} is answered ${status}, not ${expected}`);
  };

  const person = async () => {
    const email = `person-${traffic.seed}-${++made}@demo.example`;
    const password = `Long-enough-${traffic.seed}-${made}`;
    const isDisabled = random.chance(0.5);
    const user = await client.change({
      ...{ path: users, body: { email, password, name: `Person ${made}`, role: 'viewer' } },
      effect: makes(table, 'identity.user'),
    });
    if (!user) return;
    const session = await signIn(client, email, password);
    if (!session) return;
    await expectStatus('a session that was just opened', session, 200);
    const changed = await client.change({
      ...{ path: `${users}/${user.id}`, method: 'PATCH' as const },
      body: isDisabled ? { status: 'disabled' } : { role: 'operator' },
      effect: ({ id }) => ({
        state: [[table, id, ...(isDisabled ? ['status', 'disabled'] : ['role', 'operator'])] as never],
        audit: [['identity.user.update', id]],
      }),
    });
    // Both end a person's sessions at once.
    if (changed) await expectStatus('a session that was ended', session, 401);
  };

  const key = async () => {
    const name = `key ${traffic.seed} ${++made}`;
    const isRotated = random.chance(0.4);
    const first = await client.change({
      ...{ path: keys, body: { name, scopes: ['inventory:read'] } },
      effect: makes('identity.api_keys', 'identity.api-key'),
    });
    if (!first) return;
    // A call that was answered at its second attempt shows no key: it is shown once.
    if (first.key) await expectStatus('a key that was just made', bearer(first.key), 200);
    if (isRotated)
      await client.change({
        ...{ path: `${keys}/${first.id}/rotate`, body: { overlapHours: 1 } },
        effect: ({ id }) => ({
          made: [['identity.api_keys', id]],
          audit: [['identity.api-key.rotate', first.id]],
        }),
      });
    const revoked = await client.change({
      ...{ path: `${keys}/${first.id}`, method: 'DELETE' as const },
      effect: () => ({ audit: [['identity.api-key.revoke', first.id]] }),
    });
    if (revoked !== null && first.key) await expectStatus('a key that was revoked', bearer(first.key), 401);
  };

  return () => random.pick([person, key])();
}

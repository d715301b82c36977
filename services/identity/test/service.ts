import { createHash } from 'node:crypto';
import { roleScopes } from '@stockade/contracts';
import { inTenant } from '@stockade/database';
import { mailConfigFields } from '@stockade/outgoing-mail';
import { parseConfig } from '@stockade/service-kit';
import { eventually, startTestService, type TestService } from '@stockade/testing';
import { Type } from 'typebox';
import { createIdentity } from '../src/app.ts';
import { newApiKey } from '../src/auth/keys.ts';
import { migrations } from '../src/migrations/index.ts';

type Test = Parameters<typeof startTestService>[0];

const operatorBody = `stk_ops_${'o'.repeat(43)}`;
/** A key of the platform's operator, whose hash the service is given. */
export const operatorKey = `${operatorBody}_${createHash('sha256').update(operatorBody).digest('base64url').slice(0, 6)}`;
export const goodPassword = 'Correct-Horse-7-Staple';

/** The service with these settings of outgoing mail; without them nobody delivers its mail. */
export async function start(t: Test, settings: Record<string, string | number> = {}) {
  const mail = parseConfig(Type.Object(mailConfigFields), settings as Record<string, string>);
  return startTestService(t, createIdentity(mail), {
    migrations,
    config: {
      ...mail,
      PUBLIC_URL: 'https://stockade.example/',
      SESSION_SECRET: 'a secret of at least thirty-two characters',
      MFA_ENCRYPTION_KEY: 'another secret of at least thirty-two characters',
      WEBAUTHN_RP_ID: 'stockade.example',
      WEBAUTHN_ORIGINS: 'https://stockade.example, https://console.stockade.example',
      OPERATOR_KEY_HASH: createHash('sha256').update(operatorKey).digest('hex'),
      SESSION_HOURS: 12,
      SESSION_IDLE_MINUTES: 60,
      SIGN_IN_SLOW_AFTER: 1_000,
      SIGN_IN_SLOW_WINDOW_SECONDS: 900,
      FEATURE_FLAG_STALE_DAYS: 30,
      ...settings,
    },
  });
}

/** A tenant with its owner, made as the operator makes it. */
export async function makeTenant(service: TestService, ownerEmail: string) {
  const operator = service.as('owner', { type: 'operator' });
  const body = { name: 'Acme', ownerEmail, ownerName: 'Olive Owner', ownerPassword: goodPassword };
  const tenant = await operator.post('/v1/admin/tenants', body);
  if (tenant.status !== 201) throw new Error(JSON.stringify(tenant.body));
  const tenantId = tenant.body.id as string;
  const [owner] = await service.query<{ id: string }>('select id from users where tenant_id = $1', [
    tenantId,
  ]);
  const ownerId = owner?.id ?? '';
  return { tenantId, ownerId, owner: service.as('owner', { tenantId, personId: ownerId }) };
}

export const gateway = (service: TestService) => service.as('owner', { type: 'gateway' });

/** Signs in as the gateway passes it on; gives the cookie's value. */
export async function signIn(service: TestService, email: string, password = goodPassword) {
  const answer = await gateway(service).post('/v1/auth/login', { email, password });
  const cookie = String(answer.headers['set-cookie'] ?? '');
  return { answer, cookie, token: /stockade_session=([^;]*)/.exec(cookie)?.[1] ?? '' };
}

export async function whoIs(service: TestService, kind: 'session' | 'api_key', value: string) {
  return gateway(service).post('/internal/authenticate', { credential: { kind, value } });
}

/** Starts calls that need the user's row while it is held, each once the one before waits: they get it in this order. */
export async function inTurn<T>(
  service: TestService,
  { tenantId, userId }: { tenantId: string; userId: string },
  ...calls: (() => Promise<T>)[]
): Promise<T[]> {
  const started = await inTenant(service.service.db, tenantId, async (trx) => {
    await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
    const answers: Promise<T>[] = [];
    for (const call of calls) {
      answers.push(call());
      await eventually(`${answers.length} wait`, async () => {
        const waiting = await service.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return waiting.length === answers.length;
      });
    }
    return { answers };
  });
  return Promise.all(started.answers);
}

export { newApiKey, roleScopes };

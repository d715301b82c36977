import type { MailConfig } from '@stockade/outgoing-mail';
import { defineService, type ServiceDefinition } from '@stockade/service-kit';
import { createDelivery } from './account-mails/deliver.ts';
import { deleteOldTokens } from './account-tokens/queries.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { oldFailures, slowedAccounts } from './auth/guessing.ts';
import { deleteOldSessions } from './auth/queries.ts';
import { authRoutes } from './auth/routes.ts';
import { emailChangeRoutes } from './email-changes/routes.ts';
import { operatorFlagRoutes } from './feature-flags/operator-routes.ts';
import { featureFlagRoutes } from './feature-flags/routes.ts';
import { usageConsumer } from './feature-flags/usage.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { deleteOldChallenges } from './mfa/challenge-queries.ts';
import { mfaRoutes } from './mfa/routes.ts';
import { deleteOldSignIns } from './passkeys/challenge-queries.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { passwordResetRoutes } from './password-resets/routes.ts';
import { oldResetRequests, passwordResetRequests } from './password-resets/work-off.ts';
import { sessionRoutes } from './sessions/routes.ts';
import type { IdentityDb } from './tables.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { userRoutes } from './users/routes.ts';

const hourMs = 3_600_000;

/** The identity service, sending its mail as its settings say. */
export function createIdentity(config: MailConfig): ServiceDefinition<IdentityDb> {
  const delivery = createDelivery(config);
  return defineService<IdentityDb>({
    name: 'identity',
    routes: [
      authRoutes,
      sessionRoutes,
      mfaRoutes,
      passkeyRoutes,
      passwordResetRoutes,
      invitationRoutes,
      emailChangeRoutes,
      tenantRoutes,
      userRoutes,
      apiKeyRoutes,
      featureFlagRoutes,
      operatorFlagRoutes,
    ],
    consumers: [usageConsumer],
    tasks: [
      passwordResetRequests,
      { name: 'account-mails', everyMs: 500, run: delivery.deliverDue },
      slowedAccounts,
    ],
    cleanUps: [
      { name: 'old-sessions', everyMs: hourMs, run: ({ systemDb }) => deleteOldSessions(systemDb) },
      { name: 'old-account-tokens', everyMs: hourMs, run: ({ systemDb }) => deleteOldTokens(systemDb) },
      { name: 'old-challenges', everyMs: 300_000, run: ({ systemDb }) => deleteOldChallenges(systemDb) },
      { name: 'old-passkey-sign-ins', everyMs: 300_000, run: ({ systemDb }) => deleteOldSignIns(systemDb) },
      oldResetRequests,
      oldFailures,
    ],
    async start(service) {
      delivery.start(service);
    },
  });
}

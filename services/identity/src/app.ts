import { defineService } from '@stockade/service-kit';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { deleteOldSessions } from './auth/queries.ts';
import { authRoutes } from './auth/routes.ts';
import { deleteOldChallenges } from './mfa/challenge-queries.ts';
import { mfaRoutes } from './mfa/routes.ts';
import { deleteOldSignIns } from './passkeys/challenge-queries.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import type { IdentityDb } from './tables.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { userRoutes } from './users/routes.ts';

export const identity = defineService<IdentityDb>({
  name: 'identity',
  routes: [authRoutes, sessionRoutes, mfaRoutes, passkeyRoutes, tenantRoutes, userRoutes, apiKeyRoutes],
  tasks: [
    { name: 'old-sessions', everyMs: 3_600_000, run: ({ systemDb }) => deleteOldSessions(systemDb) },
    { name: 'old-challenges', everyMs: 300_000, run: ({ systemDb }) => deleteOldChallenges(systemDb) },
    { name: 'old-passkey-sign-ins', everyMs: 300_000, run: ({ systemDb }) => deleteOldSignIns(systemDb) },
  ],
});

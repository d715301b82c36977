import { defineService } from '@stockade/service-kit';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { deleteOldSessions } from './auth/queries.ts';
import { authRoutes } from './auth/routes.ts';
import { deleteOldChallenges } from './mfa/challenge-queries.ts';
import { mfaRoutes } from './mfa/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import type { IdentityDb } from './tables.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { userRoutes } from './users/routes.ts';

export const identity = defineService<IdentityDb>({
  name: 'identity',
  routes: [authRoutes, sessionRoutes, mfaRoutes, tenantRoutes, userRoutes, apiKeyRoutes],
  tasks: [
    { name: 'old-sessions', everyMs: 3_600_000, run: ({ systemDb }) => deleteOldSessions(systemDb) },
    { name: 'old-challenges', everyMs: 3_600_000, run: ({ systemDb }) => deleteOldChallenges(systemDb) },
  ],
});

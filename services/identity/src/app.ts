import { defineService } from '@stockade/service-kit';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { deleteOldSessions } from './auth/queries.ts';
import { authRoutes } from './auth/routes.ts';
import { operatorFlagRoutes } from './feature-flags/operator-routes.ts';
import { featureFlagRoutes } from './feature-flags/routes.ts';
import { usageConsumer } from './feature-flags/usage.ts';
import type { IdentityDb } from './tables.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { userRoutes } from './users/routes.ts';

export const identity = defineService<IdentityDb>({
  name: 'identity',
  routes: [authRoutes, tenantRoutes, userRoutes, apiKeyRoutes, featureFlagRoutes, operatorFlagRoutes],
  consumers: [usageConsumer],
  tasks: [{ name: 'old-sessions', everyMs: 3_600_000, run: ({ systemDb }) => deleteOldSessions(systemDb) }],
});

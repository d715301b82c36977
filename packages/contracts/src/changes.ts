import { type ServiceName, services } from './principal.ts';

/** The PostgreSQL channel on which relays tell whose data has changed in which service: what was kept of it is old. */
export const changesChannel = 'stockade_changes';

export interface Changes {
  service: ServiceName;
  /** Null: of any tenant. */
  tenantIds: readonly string[] | null;
}

/** PostgreSQL takes less than 8,000 bytes: above so many tenants it could be any. */
const maxTenants = 200;

export function formatChanges({ service, tenantIds }: Changes): string {
  const named = tenantIds && tenantIds.length <= maxTenants ? tenantIds : ['*'];
  return [service, ...named].join(' ');
}

/** Null when it cannot be read. */
export function parseChanges(message: string): Changes | null {
  const [name, ...tenantIds] = message.split(' ');
  const service = services.find((one) => one === name);
  if (!service || tenantIds.length === 0) return null;
  return { service, tenantIds: tenantIds.includes('*') ? null : tenantIds };
}

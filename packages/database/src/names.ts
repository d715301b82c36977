import { createHmac } from 'node:crypto';

/** The PostgreSQL schema that a service owns: its name with underscores. */
export function schemaName(service: string): string {
  return service.replaceAll('-', '_');
}

export interface RoleNames {
  /** Owns the schema and migrates it; nobody logs in as it while the system runs. */
  readonly owner: string;
  /** What requests and event handlers run as: row-level security applies, one tenant at a time. */
  readonly app: string;
  /** What runs before or across tenants (relay, clean-up, credential look-up): narrow grants, each with its policy. */
  readonly system: string;
}

export function roleNames(service: string): RoleNames {
  const base = `stockade_${schemaName(service)}`;
  return { owner: `${base}_owner`, app: `${base}_app`, system: `${base}_system` };
}

/** A role's password, derived so that one secret in the deployment serves all roles and none can be told from another. */
export function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(`stockade database role ${role}`).digest('base64url');
}

/** The same server and database, signed in as one of a service's roles. */
export function roleUrl(baseUrl: string, role: string, secret: string): string {
  const url = new URL(baseUrl);
  url.username = role;
  url.password = rolePassword(secret, role);
  return url.href;
}

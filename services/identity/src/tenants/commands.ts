import { roleScopes, type TenantMode, tenantChanged } from '@stockade/contracts';
import type { Tenant } from '@stockade/contracts/identity';
import { isUniqueViolation, newId } from '@stockade/database';
import { type Caller, changed, runWork, type Work } from '@stockade/messaging';
import { checkVersion, errors, type Service } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import { insertNewKey } from '../api-keys/commands.ts';
import { hashPassword } from '../auth/passwords.ts';
import { findForLogin } from '../auth/queries.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { IdentityDb } from '../tables.ts';
import { insertNewUser } from '../users/commands.ts';
import { checkPassword } from '../users/rules.ts';
import * as queries from './queries.ts';

type IdentityWork = Work<IdentityDb>;
type IdentityService = Service<IdentityDb>;

const audited = ['name', 'mail_domains', 'status', 'mode', 'plan_factor'];

function emitTenant(work: IdentityWork, row: queries.TenantRow): void {
  const { id, name, version, status, mode, mail_domains: mailDomains } = row;
  work.emit(tenantChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { tenantId: id, name, mailDomains, active: status === 'active', mode },
  });
}

async function change(
  work: IdentityWork,
  changes: queries.TenantChanges,
  ifMatch: number | null,
): Promise<Tenant> {
  const before = await queries.lockTenant(work.trx);
  if (!before) throw errors.notFound('Tenant', work.tenantId);
  checkVersion(before.version, ifMatch);
  const after = await queries.updateTenant(work.trx, changes);
  emitTenant(work, after);
  work.audit({
    action: 'identity.tenant.update',
    target: { type: 'tenant', id: after.id },
    changes: changed(before, after, audited),
  });
  return queries.toTenant(after);
}

export const changeTenant = (
  work: IdentityWork,
  { name, mailDomains }: { name?: string; mailDomains?: string[] },
  ifMatch: number | null,
): Promise<Tenant> =>
  change(work, { ...(name ? { name } : {}), ...(mailDomains ? { mail_domains: mailDomains } : {}) }, ifMatch);

/** Gateways remember the factor with the tenant's credentials: they are told to ask anew. */
export async function changePlan(
  work: IdentityWork,
  planFactor: number,
  ifMatch: number | null,
  reply: FastifyReply,
): Promise<Tenant> {
  const tenant = await change(work, { plan_factor: planFactor }, ifMatch);
  await announceRevocation(work.trx, reply, { tenantId: work.tenantId });
  return tenant;
}

interface NewTenant {
  name: string;
  owner: { name: string; email: string; password: string };
  /** Live unless told. */
  mode?: TenantMode;
  /** 1 unless told. */
  planFactor?: number;
  /** Given key material of a first API key with all of the owner's scopes. */
  apiKey?: string;
}

/** Makes a tenant with its first owner, in one transaction of that tenant. */
export async function createTenant(
  service: IdentityService,
  caller: Caller,
  { name, owner, mode = 'live', planFactor = 1, apiKey }: NewTenant,
): Promise<Tenant> {
  checkPassword(owner.password, owner.email, '/ownerPassword');
  const passwordHash = await hashPassword(owner.password);
  const id = newId();
  return runWork(service.db, { ...caller, tenantId: id }, async (work) => {
    const tenant = await queries.insertTenant(work.trx, { id, name, mode, plan_factor: planFactor });
    emitTenant(work, tenant);
    work.audit({
      action: 'identity.tenant.create',
      target: { type: 'tenant', id },
      changes: changed(null, tenant, audited),
    });
    const user = await insertNewUser(work, {
      email: owner.email,
      name: owner.name,
      role: 'owner',
      passwordHash,
    });
    if (apiKey) await insertNewKey(work, apiKey, { name: 'Demo', scopes: [...roleScopes.owner] }, user.id);
    return queries.toTenant(tenant);
  });
}

interface DemoTenant {
  tenantName: string;
  userName: string;
  email: string;
  password: string;
  apiKey: string;
}

/** The demo tenant, made once: whoever comes second, or at the same time, gets the first one. */
export async function ensureDemoTenant(
  service: IdentityService,
  caller: Caller,
  demo: DemoTenant,
): Promise<string> {
  const existing = async () => (await findForLogin(service.systemDb, demo.email))?.tenant_id;
  const first = await existing();
  if (first) return first;
  try {
    const owner = { name: demo.userName, email: demo.email, password: demo.password };
    return (await createTenant(service, caller, { name: demo.tenantName, owner, apiKey: demo.apiKey })).id;
  } catch (error) {
    const other = isConflict(error) ? await existing() : undefined;
    if (other) return other;
    throw error;
  }
}

const isConflict = (error: unknown) =>
  isUniqueViolation(error) || (error as { code?: string }).code === 'CONFLICT';

import {
  changePlan,
  createDemoTenant,
  createTenant,
  getTenant,
  listTenants,
  updateTenant,
} from '@stockade/contracts/identity';
import { runWork } from '@stockade/messaging';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const tenantRoutes = defineRoutes<IdentityDb>((route) => {
  route(getTenant, async ({ caller, read }) => {
    const tenant = await read(queries.findTenant);
    if (!tenant) throw errors.notFound('Tenant', caller.tenantId);
    return tenant;
  });
  route(updateTenant, ({ body, ifMatch, command }) =>
    command((work) => commands.changeTenant(work, body, ifMatch)),
  );
  route(createTenant, ({ body, caller, service }) =>
    commands.createTenant(service, caller, {
      name: body.name,
      ...(body.mode ? { mode: body.mode } : {}),
      ...(body.planFactor ? { planFactor: body.planFactor } : {}),
      owner: { name: body.ownerName, email: body.ownerEmail, password: body.ownerPassword },
    }),
  );
  route(changePlan, ({ params: { tenantId }, body, ifMatch, caller, reply, service }) =>
    runWork(service.db, { ...caller, tenantId }, (work) =>
      commands.changePlan(work, body.planFactor, ifMatch, reply),
    ),
  );
  route(listTenants, async ({ query, service }) =>
    page(await queries.listTenants(service.systemDb, query), query),
  );
  route(createDemoTenant, async ({ body, caller, service }) => ({
    tenantId: await commands.ensureDemoTenant(service, caller, body),
  }));
});

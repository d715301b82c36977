import {
  getBankAccount,
  listBankAccounts,
  proposeBankAccount,
  rejectBankAccount,
  verifyBankAccount,
} from '@stockade/contracts/purchasing';
import type { Work } from '@stockade/messaging';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findSupplier } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as commands from './commands.ts';
import { accountDetails, keptSealed } from './details.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;

/** Whoever reads bank details is on record, with whose. */
function auditRead(work: PurchasingWork, supplierId: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  work.audit({
    action: 'purchasing.bank-account.read',
    target: { type: 'supplier', id: supplierId },
    changes: { bankAccounts: { before: null, after: ids } },
  });
}

export const bankAccountRoutes = defineRoutes<PurchasingDb>((route) => {
  route(proposeBankAccount, ({ params, body, command, service }) =>
    command(
      (work) => commands.propose(work, accountDetails(service.secrets), params.supplierId, body),
      keptSealed(service.secrets),
    ),
  );
  route(listBankAccounts, ({ params, query, command, service }) =>
    command(async (work) => {
      const { supplierId } = params;
      if (!(await findSupplier(work.trx, supplierId))) throw errors.notFound('Supplier', supplierId);
      const details = accountDetails(service.secrets);
      const answer = page(await queries.listBankAccounts(work.trx, details, supplierId, query), query);
      auditRead(
        work,
        supplierId,
        answer.data.map(({ id }) => id),
      );
      return answer;
    }),
  );
  route(getBankAccount, ({ params: { supplierId, accountId }, command, service }) =>
    command(async (work) => {
      const details = accountDetails(service.secrets);
      const account = await queries.findBankAccount(work.trx, details, supplierId, accountId);
      if (!account) throw errors.notFound('Bank account', accountId);
      auditRead(work, supplierId, [accountId]);
      return queries.toBankAccount(account);
    }),
  );
  route(verifyBankAccount, ({ params, ifMatch, command, service }) =>
    command(
      (work) => commands.verify(work, accountDetails(service.secrets), { ...params, ifMatch }),
      keptSealed(service.secrets),
    ),
  );
  route(rejectBankAccount, ({ params, body, ifMatch, command, service }) =>
    command(
      (work) => commands.reject(work, accountDetails(service.secrets), { ...params, ifMatch }, body?.reason),
      keptSealed(service.secrets),
    ),
  );
});

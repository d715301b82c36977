import {
  getBankAccount,
  listBankAccounts,
  proposeBankAccount,
  rejectBankAccount,
  verifyBankAccount,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findSupplier } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const bankAccountRoutes = defineRoutes<PurchasingDb>((route) => {
  route(proposeBankAccount, ({ params, body, command }) =>
    command((work) => commands.propose(work, params.supplierId, body)),
  );
  route(listBankAccounts, ({ params, query, read }) =>
    read(async (trx) => {
      if (!(await findSupplier(trx, params.supplierId))) throw errors.notFound('Supplier', params.supplierId);
      return page(await queries.listBankAccounts(trx, params.supplierId, query), query);
    }),
  );
  route(getBankAccount, async ({ params, read }) => {
    const account = await read((trx) => queries.findBankAccount(trx, params.supplierId, params.accountId));
    if (!account) throw errors.notFound('Bank account', params.accountId);
    return queries.toBankAccount(account);
  });
  route(verifyBankAccount, ({ params, ifMatch, command }) =>
    command((work) => commands.verify(work, { ...params, ifMatch })),
  );
  route(rejectBankAccount, ({ params, body, ifMatch, command }) =>
    command((work) => commands.reject(work, { ...params, ifMatch }, body?.reason)),
  );
});

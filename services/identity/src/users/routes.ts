import { createUser, deleteUser, getUser, listUsers, updateUser } from '@stockade/contracts/identity';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { hashPassword } from '../auth/passwords.ts';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { checkPassword } from './rules.ts';

export const userRoutes = defineRoutes<IdentityDb>((route) => {
  route(createUser, async ({ body: { password, passwordHash: imported, ...user }, command }) => {
    if (password && imported)
      throw errors.validation([{ path: '/passwordHash', message: 'stands in place of a password' }]);
    if (password) checkPassword(password, user.email);
    // Before the transaction: a hash takes 40 ms.
    const passwordHash = password ? await hashPassword(password) : (imported ?? null);
    return command((work) => commands.createUser(work, { ...user, passwordHash }));
  });
  route(listUsers, ({ query, read }) =>
    read(async (trx) => page(await queries.listUsers(trx, query), query)),
  );
  route(getUser, async ({ params, read }) => {
    const user = await read((trx) => queries.findUser(trx, params.userId));
    if (!user) throw errors.notFound('User', params.userId);
    return queries.toUser(user);
  });
  route(updateUser, async ({ params, body: { password, ...changes }, ifMatch, reply, read, command }) => {
    if (password) {
      const user = await read((trx) => queries.findUser(trx, params.userId));
      checkPassword(password, user?.email ?? '');
    }
    const passwordHash = password ? { passwordHash: await hashPassword(password) } : {};
    return command((work) =>
      commands.changeUser(work, params.userId, { ...changes, ...passwordHash }, ifMatch, reply),
    );
  });
  route(deleteUser, async ({ params, ifMatch, reply, command }) => {
    await command((work) => commands.removeUser(work, params.userId, ifMatch, reply));
    return undefined;
  });
});

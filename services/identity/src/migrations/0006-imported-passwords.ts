import type { Migration } from '@stockade/database';

/** Every refused sign-in asks for the highest cost that a bcrypt hash has. */
export const importedPasswords: Migration = {
  name: '0006-imported-passwords',
  sql: `
create index users_bcrypt_cost on users (substr(password_hash, 5, 2)) where password_hash ^@ '$2';
`,
};

// Prints a fresh set of secrets as lines of an environment file, for production.
import { generateSecrets, operatorKeyHash, publicKeyOf } from './secrets.ts';

const secrets = generateSecrets();
// What is made from two of them, for processes that may not have these.
const derived = {
  PRINCIPAL_PUBLIC_KEY: publicKeyOf(secrets.PRINCIPAL_PRIVATE_KEY),
  OPERATOR_KEY_HASH: operatorKeyHash(secrets.OPERATOR_KEY),
};
for (const [name, value] of Object.entries({ ...secrets, ...derived })) console.log(`${name}=${value}`);

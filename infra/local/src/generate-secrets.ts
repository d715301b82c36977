// Prints a fresh set of secrets as lines of an environment file, for production.
import { generateSecrets } from './secrets.ts';

for (const [name, value] of Object.entries(generateSecrets())) console.log(`${name}=${value}`);

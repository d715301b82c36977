import type { Migration } from '@stockade/database';
import { identity } from './0001-identity.ts';
import { keyRotation } from './0002-key-rotation.ts';
import { accountFlows } from './0003-account-flows.ts';
import { mfaAndPasskeys } from './0004-mfa-and-passkeys.ts';
import { featureFlags } from './0005-feature-flags.ts';
import { importedPasswords } from './0006-imported-passwords.ts';

export const migrations: readonly Migration[] = [
  identity,
  keyRotation,
  accountFlows,
  mfaAndPasskeys,
  featureFlags,
  importedPasswords,
];

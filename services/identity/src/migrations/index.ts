import type { Migration } from '@stockade/database';
import { identity } from './0001-identity.ts';
import { keyRotation } from './0002-key-rotation.ts';
import { featureFlags } from './0005-feature-flags.ts';

export const migrations: readonly Migration[] = [identity, keyRotation, featureFlags];

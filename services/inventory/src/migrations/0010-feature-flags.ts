import { flagCopies } from '@stockade/feature-flags';

export const featureFlags = flagCopies('0010-feature-flags');

import { flagCopies } from '@stockade/feature-flags';

export const featureFlags = flagCopies('0007-feature-flags');

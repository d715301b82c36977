import type { Policy, ScanKnowledge } from './types.ts';

export const defaultPolicy: Policy = {
  suspiciousFrom: 40,
  maliciousFrom: 75,
  disabledTechniques: [],
  trustedAuthservIds: [],
  quarantineFrom: 'malicious',
};

/** What is known without a server: nothing. */
export const noKnowledge: ScanKnowledge = {
  tenant: {
    key: 'nobody',
    ownDomains: [],
    users: [],
    suppliers: [],
    lists: [],
    policy: defaultPolicy,
    adaptation: null,
  },
  message: { orders: [], indicators: [], authentication: null, history: null, viruses: null },
};

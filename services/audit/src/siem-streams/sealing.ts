import { type Sealer, type Secrets, sealerOf } from '@stockade/secrets';

export const sealerOfStreams = (secrets: Secrets): Sealer =>
  sealerOf(secrets, 'AUDIT_ENCRYPTION_KEY', 'siem stream');

/** What a stream's secret is bound to. */
export const secretContext = (tenantId: string, streamId: string) => `siem stream ${tenantId} ${streamId}`;

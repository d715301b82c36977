import type { MailPolicy, UpdateMailPolicyBody } from '@stockade/contracts/email-scanning';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';

/** Changes what is named and leaves the rest. */
export async function changePolicy(
  work: Work<EmailScanningDb>,
  body: Static<typeof UpdateMailPolicyBody>,
  ifMatch: number | null,
): Promise<MailPolicy> {
  const row = await queries.lockPolicy(work.trx, work.tenantId);
  checkVersion(row.version, ifMatch);
  const before = queries.toPolicy(row);
  const after = { ...before, ...body };
  // Loaded when it is needed: all of the engine's checks come with it, and they work in threads.
  const { checkPolicy } = await import('./rules.ts');
  checkPolicy(after);
  const updated = await queries.updatePolicy(work.trx, after);
  work.audit({
    action: 'email-scanning.policy.update',
    target: { type: 'mail-policy', id: work.tenantId },
    changes: changed(before, after),
  });
  return queries.toMailPolicy(updated);
}

import { purchasingChecks } from '../../../src/engine/checks/purchasing/index.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { contextOf } from '../../../src/engine/scan.ts';
import type { MessageKnowledge, TenantKnowledge } from '../../../src/engine/types.ts';
import { tenant } from '../knowledge.ts';

/** What the purchasing checks alone find in a mail: score by technique. */
export async function found(
  raw: Buffer,
  known: Partial<MessageKnowledge & TenantKnowledge> = {},
): Promise<Record<string, number>> {
  const context = contextOf(await parseMessage(raw), {
    tenant: { ...tenant, ...known },
    message: { ...noKnowledge.message, ...known },
  });
  const findings = purchasingChecks.flatMap((check) => check.run(context));
  return Object.fromEntries(
    findings
      .filter(({ technique }) => technique !== 'known-order')
      .sort((a, b) => a.score - b.score)
      .map(({ technique, score }) => [technique, score]),
  );
}

export const number = 'PO-2026-000042';
export const stranger = { fromAddressSeen: 0, fromDomainSeen: 0, threadKnown: false };
export const freeMailSender = '"Nordwind Metall" <nordwind.billing@gmail.com>';

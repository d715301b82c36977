import type { Envelope, MessageKnowledge, ParsedMessage, TenantKnowledge } from '../engine/index.ts';
import type { Scanner } from './scanner.ts';

type Answers = Pick<MessageKnowledge, 'authentication' | 'viruses'>;

/**
 * What others say of a message: DNS, an upstream server whose results are trusted, the antivirus daemon. Each has its own
 * limits, and an outage means "not asked": it never fails a scan.
 */
export async function askOutside(
  { authenticator, antivirus }: Pick<Scanner, 'authenticator' | 'antivirus'>,
  { raw, message, envelope }: { raw: Uint8Array; message: ParsedMessage; envelope: Envelope },
  { policy }: TenantKnowledge,
): Promise<Answers> {
  const [authentication, viruses] = await Promise.all([
    authenticator.authenticate(raw, message, envelope, policy.trustedAuthservIds),
    antivirus.scanMessage(raw),
  ]);
  return { authentication, viruses };
}

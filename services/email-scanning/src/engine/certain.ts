import { purchasingChecks } from './checks/purchasing/index.ts';

/** The rest of what is certain whatever the wording: malware, known threats, and senders that are shown to be forged. */
const others = ['eicar', 'virus', 'known-threat', 'on-block-list', 'dmarc-fail'];

/**
 * Techniques that neither the allow list nor lessons of the tenant's people may weaken: purchasing fraud, malware, known
 * threats, forged senders.
 */
export const certainTechniques: ReadonlySet<string> = new Set([
  ...purchasingChecks.flatMap(({ techniques }) => techniques.map(({ id }) => id)),
  ...others,
]);

import { knowledgeChecks } from './checks/knowledge/index.ts';
import { purchasingChecks } from './checks/purchasing/index.ts';

/** The rest of what is certain whatever the wording: malware, known threats, and who imitates a supplier. */
const others = ['eicar', 'virus', 'on-block-list', 'lookalike-domain', 'supplier-name-from-foreign-domain'];

/**
 * Techniques that neither the allow list nor lessons of the tenant's people may weaken: purchasing fraud, malware and known
 * threats.
 */
export const certainTechniques: ReadonlySet<string> = new Set([
  ...[...purchasingChecks, ...knowledgeChecks].flatMap(({ techniques }) => techniques.map(({ id }) => id)),
  ...others,
]);

import { maskAddresses, shortened } from './mask-addresses.ts';
import { auditTargets, type FieldMask } from './targets.ts';

const hidden = '…';

function maskText(text: string, mask: FieldMask): string {
  switch (mask) {
    case 'plain':
      return maskAddresses(text);
    case 'person':
      return text.split(/\s+/).filter(Boolean).map(shortened).join(' ');
    case 'bank':
      return `${hidden}${text.slice(-4)}`;
    case 'url':
      return text.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, `?${hidden}`);
    default:
      return hidden;
  }
}

function maskValue(value: unknown, mask: FieldMask): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return mask === 'secret' ? hidden : value.map((element) => maskValue(element, mask));
  if (typeof value === 'object') {
    if (mask === 'secret') return hidden;
    const of = typeof mask === 'object' ? (member: string) => memberMask(mask, member) : () => mask;
    // As it is stored: dates and the like are text by then.
    const plain = 'toJSON' in value ? JSON.parse(JSON.stringify(value)) : value;
    if (typeof plain !== 'object') return maskValue(plain, mask);
    return Object.fromEntries(
      Object.entries(plain).map(([member, inner]) => [member, maskValue(inner, of(member))]),
    );
  }
  if (typeof value === 'string') return maskText(value, mask);
  return mask === 'plain' ? value : hidden;
}

const memberMask = (masks: Readonly<Record<string, FieldMask>>, member: string): FieldMask =>
  (Object.hasOwn(masks, member) && masks[member]) || 'secret';

type Changes = Record<string, { before: unknown; after: unknown }>;

/** The changes of a target of that type as the audit shows them for ever: without secrets and personal data. */
export function maskChanges(targetType: string, changes: Changes): Changes {
  const masks = (Object.hasOwn(auditTargets, targetType) && auditTargets[targetType]) || {};
  return Object.fromEntries(
    Object.entries(changes).map(([field, { before, after }]) => {
      const mask = memberMask(masks, field);
      return [field, { before: maskValue(before, mask), after: maskValue(after, mask) }];
    }),
  );
}

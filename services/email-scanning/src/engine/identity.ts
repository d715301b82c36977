import { domainOf, imitation, registrable } from './domains.ts';
import type { ParsedMessage, ScanKnowledge, SenderIdentity, Supplier } from './types.ts';

/** Legal forms and fillers say nothing about which company is meant. */
const filler =
  /\b(gmbh|ag|kg|ohg|se|ltd|limited|llc|inc|corp|co|company|sarl|sas|sa|srl|spa|bv|nv|ab|oy|as|aps|plc|und|and|the)\b/g;

/** A name as it is compared: lower case, without accents, legal forms and signs. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(filler, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const minName = 5;

function ownerOf(domain: string, suppliers: readonly Supplier[]): Supplier | null {
  return (
    suppliers.find(({ mailDomains }) =>
      mailDomains.some((own) => domain === own || domain.endsWith(`.${own}`)),
    ) ?? null
  );
}

function imitated(domain: string, suppliers: readonly Supplier[]): SenderIdentity['impersonated'] {
  for (const supplier of suppliers) {
    for (const own of supplier.mailDomains) {
      const how = imitation(domain, own);
      if (how) return { supplier, domain: own, how };
    }
  }
  return null;
}

/** Which supplier the display name claims to be. */
export function supplierNamed(name: string, suppliers: readonly Supplier[]): Supplier | null {
  const shown = ` ${plainName(name)} `;
  return (
    suppliers.find((supplier) => {
      const plain = plainName(supplier.name);
      return plain.length >= minName && shown.includes(` ${plain} `);
    }) ?? null
  );
}

/** Who the message is from, or whom it imitates. A supplier's own domain is never an imitation, whatever it looks like. */
export function senderOf(
  message: ParsedMessage,
  { tenant: { suppliers, ownDomains } }: ScanKnowledge,
): SenderIdentity {
  const domain = domainOf(message.from?.address);
  const base = { domain, registrable: registrable(domain) };
  if (!domain) return { ...base, own: false, supplier: null, impersonated: null };
  const supplier = ownerOf(domain, suppliers);
  const own = ownDomains.some((mine) => domain === mine || domain.endsWith(`.${mine}`));
  return { ...base, own, supplier, impersonated: supplier || own ? null : imitated(domain, suppliers) };
}

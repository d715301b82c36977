import { freeMail } from '../classifier/free-mail.ts';
import { domainOf } from '../domains.ts';
import type { Supplier, TenantKnowledge } from '../types.ts';
import { accountIndex, type OwnedAccount } from './accounts.ts';
import { type Imitation, lookalikeIndex } from './lookalikes.ts';
import { type NameIndex, nameIndex, nameWords } from './names.ts';

/** What a tenant knows, ready to be asked: no question takes longer with more suppliers. */
export interface CompiledTenant extends NameIndex {
  isOwn(domain: string): boolean;
  /** The supplier that writes from a domain; nobody's are those at which anybody gets an address. */
  ownerOf(domain: string): Supplier | null;
  /** The supplier that has this address among its contacts. */
  contactAt(address: string): Supplier | null;
  imitatedBy(domain: string): { supplier: Supplier; imitation: Imitation } | null;
  accounts: ReadonlyMap<string, readonly OwnedAccount[]>;
  supplier(id: string): Supplier | null;
  /** A person of the tenant's by his name, however its parts are ordered. */
  userNamed(displayName: string): { name: string; email: string } | null;
}

/** What a map holds for a domain or for one that it is below of. */
function above<T>(map: ReadonlyMap<string, T>, domain: string): T | null {
  for (let at = 0; at >= 0; ) {
    const found = map.get(domain.slice(at));
    if (found !== undefined) return found;
    const dot = domain.indexOf('.', at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return null;
}

const sorted = (name: string) => nameWords(name).sort().join(' ');

function compile({ suppliers, ownDomains, users }: TenantKnowledge): CompiledTenant {
  const own = new Map(ownDomains.map((domain) => [domain.toLowerCase(), true]));
  const byDomain = new Map<string, Supplier>();
  const byContact = new Map<string, Supplier>();
  for (const supplier of suppliers) {
    for (const mailDomain of supplier.mailDomains) {
      const domain = mailDomain.toLowerCase();
      if (!freeMail.has(domain) && !byDomain.has(domain)) byDomain.set(domain, supplier);
    }
    for (const { email } of supplier.contacts) byContact.set(email.toLowerCase(), supplier);
  }
  const lookalikes = lookalikeIndex(byDomain.keys());
  const byId = new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  const byUserName = new Map(
    users.filter(({ name }) => nameWords(name).length > 1).map((user) => [sorted(user.name), user]),
  );
  const isOwn = (domain: string) => above(own, domain) !== null;
  return {
    ...nameIndex(suppliers),
    isOwn,
    ownerOf: (domain) => above(byDomain, domain),
    // A colleague may stand among a supplier's contacts; his address is ours all the same.
    contactAt: (address) => (isOwn(domainOf(address) ?? '') ? null : (byContact.get(address) ?? null)),
    imitatedBy(domain) {
      if (freeMail.has(domain)) return null;
      const imitation = lookalikes.imitatedBy(domain);
      const supplier = imitation && byDomain.get(imitation.domain);
      return supplier ? { supplier, imitation } : null;
    },
    accounts: accountIndex(suppliers),
    supplier: (id) => byId.get(id) ?? null,
    userNamed: (displayName) =>
      byUserName.size === 0 ? null : (byUserName.get(sorted(displayName)) ?? null),
  };
}

const compiled = new WeakMap<TenantKnowledge, CompiledTenant>();

/** The tenant's knowledge, compiled once as long as a thread holds it. */
export function compiledTenant(tenant: TenantKnowledge): CompiledTenant {
  const known = compiled.get(tenant);
  if (known) return known;
  const fresh = compile(tenant);
  compiled.set(tenant, fresh);
  return fresh;
}

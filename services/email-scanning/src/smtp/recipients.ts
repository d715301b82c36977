import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Kysely } from 'kysely';
import { networkList } from '../sources/rules.ts';
import type { Way } from '../sources/take-in.ts';
import type { EmailScanningDb } from '../tables.ts';

/** Where mail for a recipient goes. */
export interface Route extends Way {
  /** Who may send it; null: everybody. */
  networks: BlockList | null;
}

/** The active source that takes an address: one that names it, else one that has its whole domain. For the system role. */
export async function findRoute(systemDb: Kysely<EmailScanningDb>, address: string): Promise<Route | null> {
  const at = address.lastIndexOf('@');
  // The SMTP server hands `xn--…` on in Unicode; sources name domains in ASCII.
  const domain = domainToASCII(address.slice(at + 1)).toLowerCase();
  const row = await systemDb
    .selectFrom('source_recipients as r')
    .innerJoin('sources as s', (join) =>
      join.onRef('s.tenant_id', '=', 'r.tenant_id').onRef('s.id', '=', 'r.source_id'),
    )
    .select(['s.tenant_id', 's.id', 's.name', 's.settings'])
    .where('s.active', '=', true)
    .where('s.kind', '=', 'smtp')
    .where('r.domain', '=', domain)
    .where('r.local_part', 'in', [address.slice(0, at).toLowerCase(), ''])
    .orderBy('r.local_part', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { networks = [] } = row.settings;
  return {
    ...{ tenantId: row.tenant_id, sourceId: row.id, name: row.name },
    networks: networks.length > 0 ? networkList(networks) : null,
  };
}

/** An IPv4 address that came through an IPv6 socket as what it is. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

export function maySend({ networks }: Route, address: string): boolean {
  return networks === null || networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

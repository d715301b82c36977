import { BlockList, isIP } from 'node:net';
import type { CreateMailSourceBody, UpdateMailSourceBody } from '@stockade/contracts/email-scanning';
import { errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { Address } from './queries.ts';
import type { SourceSettings, SourceTable } from './tables.ts';

export type NewSource = Static<typeof CreateMailSourceBody>;
export type SourceChanges = Static<typeof UpdateMailSourceBody>;
type Kind = SourceTable['kind'];

const kinds: readonly Kind[] = ['smtp', 'imap', 'webhook'];
const ports = { implicit: 993, starttls: 143, none: 143 } as const;

/** Only the object of the source's own kind may be there. */
export function checkKind(kind: Kind, body: NewSource | SourceChanges): void {
  const foreign = kinds.filter((other) => other !== kind && body[other] !== undefined);
  if (foreign.length > 0)
    throw errors.validation(
      foreign.map((other) => ({ path: `/${other}`, message: `is not for a source of the kind ${kind}` })),
    );
}

/** A domain in lower case, an address in lower case: whoever sends writes it as they like. */
export function addressesOf({ recipients = [], domains = [] }: NonNullable<NewSource['smtp']>): Address[] {
  const addresses = recipients.map((recipient) => {
    const at = recipient.lastIndexOf('@');
    return {
      local_part: recipient.slice(0, at).toLowerCase(),
      domain: recipient.slice(at + 1).toLowerCase(),
    };
  });
  const all = [...addresses, ...domains.map((domain) => ({ local_part: '', domain }))];
  return [...new Map(all.map((address) => [`${address.local_part}@${address.domain}`, address])).values()];
}

/** The networks as a list to ask; throws when one of them is none. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [at, network] of networks.entries()) {
    const [address = '', bits] = network.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    if (version === 0 || Number(bits ?? most) > most)
      throw errors.validation([{ path: `/smtp/networks/${at}`, message: 'is not an IP address or network' }]);
    list.addSubnet(address, Number(bits ?? most), version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** What is kept of a source besides its secret; `before` where it is changed. */
export function settingsOf(
  kind: Kind,
  { smtp, imap, webhook }: NewSource | SourceChanges,
  before: SourceSettings = {},
): SourceSettings {
  if (kind === 'smtp') {
    const networks = smtp?.networks ?? before.networks ?? [];
    networkList(networks);
    return { networks };
  }
  if (kind === 'webhook') return { format: webhook?.format ?? before.format ?? 'raw' };
  const tls = imap?.tls ?? before.tls ?? 'implicit';
  return {
    host: (imap?.host ?? before.host ?? '').toLowerCase(),
    port: imap?.port ?? (imap?.tls ? ports[imap.tls] : (before.port ?? ports[tls])),
    tls,
    user: imap?.user ?? before.user ?? '',
    mailbox: imap?.mailbox ?? before.mailbox ?? 'INBOX',
  };
}

const whom = ({ host, port, tls, user }: SourceSettings) => [host, port, tls, user].join('\n');

/** Whether a password would go to the server and user that it was given for. */
export const sameLogin = (before: SourceSettings, after: SourceSettings): boolean =>
  whom(before) === whom(after);

export const sameMailbox = (before: SourceSettings, after: SourceSettings): boolean =>
  before.host === after.host && before.user === after.user && before.mailbox === after.mailbox;

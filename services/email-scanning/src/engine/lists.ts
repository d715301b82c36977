import { defang } from './defang.ts';
import { finding } from './finding.ts';
import type { CheckContext, Finding, ListEntry, Technique } from './types.ts';

export const listTechniques: readonly Technique[] = [
  {
    id: 'on-block-list',
    title: 'On the block list',
    description:
      "The sender, a link's host, the sending server or a file is on the organisation's own block list.",
    maxScore: 100,
  },
  {
    id: 'on-allow-list',
    title: 'On the allow list',
    description:
      "The sender or the sending server is on the organisation's own allow list, and nothing shows that the sender is forged. It weighs nothing; it clears what is no fraud, malware or known threat.",
    maxScore: 0,
  },
];

const within = (domain: string | null, listed: string) =>
  domain !== null && (domain === listed || domain.endsWith(`.${listed}`));

function matches({ kind, value }: ListEntry, { references, sender, envelope }: CheckContext): boolean {
  const listed = value.toLowerCase();
  switch (kind) {
    case 'address':
      return references.senderAddress === listed;
    case 'domain':
      return within(sender.domain, listed);
    case 'ip':
      return envelope.clientIp === listed;
    case 'url-host':
      return references.hosts.some((host) => within(host, listed));
    case 'sha256':
      return references.hashes.includes(listed);
    default:
      return kind satisfies never;
  }
}

/** Whether the sender may be forged for all we know: an allowed name that anybody can write must not open the door. */
function forged({ knowledge: { message } }: CheckContext): boolean {
  const { authentication } = message;
  if (!authentication) return false;
  const { dmarc, spf, dkim, aligned } = authentication;
  if (dmarc === 'fail' || dkim === 'fail' || dkim === 'permerror') return true;
  return !aligned && (spf === 'fail' || spf === 'softfail');
}

const sender = new Set<ListEntry['kind']>(['address', 'domain', 'ip']);

/** What the tenant's own lists say. One link or file that is allowed says nothing for the rest of a mail: senders alone do. */
export function listed(context: CheckContext): Finding[] {
  const found: Finding[] = [];
  for (const entry of context.knowledge.tenant.lists) {
    if (entry.effect === 'allow' && (!sender.has(entry.kind) || forged(context))) continue;
    if (!matches(entry, context)) continue;
    const what = `${entry.kind === 'sha256' ? 'file' : entry.kind} ${defang(entry.value)}`;
    found.push(
      entry.effect === 'block'
        ? finding('on-block-list', 100, `Your block list holds the ${what}.`, { entry: entry.id })
        : finding('on-allow-list', 0, `Your allow list holds the ${what}.`, { entry: entry.id }),
    );
  }
  return found;
}

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

const keyOf = (kind: ListEntry['kind'], value: string) => `${kind} ${value.toLowerCase()}`;

/** Each tenant's entries by what they list, made once for each version of them: there may be ten thousand. */
const indexes = new WeakMap<readonly ListEntry[], Map<string, ListEntry>>();

function indexOf(lists: readonly ListEntry[]): Map<string, ListEntry> {
  let index = indexes.get(lists);
  if (!index) {
    index = new Map(lists.map((entry) => [keyOf(entry.kind, entry.value), entry]));
    indexes.set(lists, index);
  }
  return index;
}

/** A domain and those above it: `a.b.example` → `a.b.example`, `b.example`, `example`. */
const upwards = (domain: string) => domain.split('.').map((_, at, labels) => labels.slice(at).join('.'));

/** All that a list might hold of a message. */
function keysOf({ references, sender, envelope }: CheckContext): Set<string> {
  return new Set([
    ...(references.senderAddress ? [keyOf('address', references.senderAddress)] : []),
    ...(sender.domain ? upwards(sender.domain).map((domain) => keyOf('domain', domain)) : []),
    ...(envelope.clientIp ? [keyOf('ip', envelope.clientIp)] : []),
    ...references.hosts.flatMap((host) => upwards(host).map((part) => keyOf('url-host', part))),
    ...references.hashes.map((hash) => keyOf('sha256', hash)),
  ]);
}

/** Whether the sender may be forged for all we know: an allowed name that anybody can write must not open the door. */
function forged({ knowledge: { message } }: CheckContext): boolean {
  const { authentication } = message;
  if (!authentication) return false;
  const { dmarc, spf, dkim, aligned } = authentication;
  if (dmarc === 'pass') return false;
  if (dmarc === 'fail' || dkim === 'fail' || dkim === 'permerror') return true;
  return !aligned && (spf === 'fail' || spf === 'softfail');
}

const sender = new Set<ListEntry['kind']>(['address', 'domain', 'ip']);

/** What the tenant's own lists say. One link or file that is allowed says nothing for the rest of a mail: senders alone do. */
export function listed(context: CheckContext): Finding[] {
  const { lists } = context.knowledge.tenant;
  if (lists.length === 0) return [];
  const found: Finding[] = [];
  const index = indexOf(lists);
  for (const key of keysOf(context)) {
    const entry = index.get(key);
    if (!entry) continue;
    if (entry.effect === 'allow' && (!sender.has(entry.kind) || forged(context))) continue;
    const what = `${entry.kind === 'sha256' ? 'file' : entry.kind} ${defang(entry.value)}`;
    found.push(
      entry.effect === 'block'
        ? finding('on-block-list', 100, `Your block list holds the ${what}.`, { entry: entry.id })
        : finding('on-allow-list', 0, `Your allow list holds the ${what}.`, { entry: entry.id }),
    );
  }
  return found;
}

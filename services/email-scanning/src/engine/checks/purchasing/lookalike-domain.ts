import { defang } from '../../defang.ts';
import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { type CompiledTenant, compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext, Finding } from '../../types.ts';

const maxOthers = 30;
/** With talk of money a resemblance is less likely a coincidence, and costs more when it is none. */
const withMoney = 24;
const most = 82;

/** Where else than in From a domain stands, and how much an imitation there tells, in per cent of one in From. */
function* others({ message, references }: CheckContext): Generator<[string, string | null, number]> {
  for (const { address } of message.replyTo) yield ['Answers to it go to', domainOf(address), 100];
  if (message.sender) yield ['Its Sender header names', domainOf(message.sender.address), 90];
  if (message.returnPath)
    yield ['Its Return-Path is at', domainOf(message.returnPath.replace(/[<>]/g, '')), 90];
  for (const { address } of message.cc) yield ['It goes as a copy to', domainOf(address), 80];
  for (const { href } of message.links)
    if (/^mailto:/i.test(href)) yield ['It names an address at', domainOf(href.slice(7).split('?')[0]), 80];
  for (const [address] of message.text.slice(0, 20_000).matchAll(/[\w.+-]{1,64}@[\w.-]{4,253}\w/g))
    yield ['It names an address at', domainOf(address), 80];
  for (const host of references.hosts) yield ['It links to', host, 60];
}

function imitatedElsewhere(context: CheckContext, known: CompiledTenant): Finding | null {
  const seen = new Set<string>();
  for (const [where, domain, percent] of others(context)) {
    if (!domain || seen.has(domain)) continue;
    if (seen.size >= maxOthers) break;
    seen.add(domain);
    if (domain === context.sender.domain || known.isOwn(domain) || known.ownerOf(domain)) continue;
    const found = known.imitatedBy(domain);
    if (!found) continue;
    const { supplier, imitation } = found;
    const explanation = `${where} ${defang(domain)}, which ${imitation.how}: it is not ${supplier.name}.`;
    const certainty = Math.round((imitation.certainty * percent) / 100);
    // Companies have more domains than those that they are known to write from: they link to them. Answers go there rarely.
    const itsOwn = context.sender.supplier === supplier && percent < 100;
    const score = itsOwn ? Math.round(certainty / 5) : weighed(context, certainty);
    return finding('lookalike-domain-inside', score, explanation, {
      domain: defang(domain),
      imitates: imitation.domain,
      supplier: supplier.name,
    });
  }
  return null;
}

const weighed = (context: CheckContext, certainty: number) =>
  isAboutMoney(context) ? Math.min(most, certainty + withMoney) : certainty;

/** A domain in the mail imitates a supplier's. */
export const lookalikeDomain: Check = {
  id: 'lookalike-domain',
  techniques: [
    {
      id: 'lookalike-domain',
      title: 'Sender’s domain imitates a supplier’s',
      description:
        'The sender’s domain looks like a supplier’s: letters of other scripts, rn for m, another ending, a word or hyphen more, a letter or two changed, the supplier’s domain in front of another one.',
      maxScore: 82,
    },
    {
      id: 'lookalike-domain-inside',
      title: 'A domain in the mail imitates a supplier’s',
      description:
        'Reply-To, Return-Path, copies, addresses or links lead to a domain that looks like a supplier’s: so threads are hijacked.',
      maxScore: 82,
    },
  ],
  run(context) {
    const { sender, knowledge } = context;
    if (knowledge.tenant.suppliers.length === 0) return [];
    const inside = imitatedElsewhere(context, compiledTenant(knowledge.tenant));
    if (!sender.domain || !sender.impersonated) return inside ? [inside] : [];
    const { supplier, domain: genuine, how, certainty } = sender.impersonated;
    const explanation = `The mail comes from ${defang(sender.domain)}, which ${how}: it is not ${supplier.name}.`;
    return [
      finding('lookalike-domain', weighed(context, certainty), explanation, {
        senderDomain: defang(sender.domain),
        imitates: genuine,
        supplier: supplier.name,
      }),
      ...(inside ? [inside] : []),
    ];
  },
};

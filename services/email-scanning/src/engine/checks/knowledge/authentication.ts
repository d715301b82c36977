import { ownersOf } from '../../brands/index.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Authentication, Check, Finding } from '../../types.ts';

const whoSays = { checked: 'was checked', trusted: 'was checked by your mail server', none: '' } as const;

function dmarc({ policy }: Authentication, important: boolean, list: boolean): number {
  // Lists change mails on their way, which breaks what their writers signed.
  if (list) return 8;
  if (policy === 'reject') return important ? 65 : 50;
  if (policy === 'quarantine') return important ? 60 : 40;
  return important ? 45 : 15;
}

function failures(result: Authentication, domain: string, important: boolean, list: boolean): Finding[] {
  const shown = defang(domain);
  const evidence = { domain: shown, by: result.from, policy: result.policy };
  const found: Finding[] = [];
  if (result.dmarc === 'fail') {
    const wish =
      result.policy && result.policy !== 'none'
        ? `, and its owner wants such mail ${result.policy === 'reject' ? 'refused' : 'kept back'}`
        : '';
    found.push(
      finding(
        'dmarc-fail',
        dmarc(result, important, list),
        `The mail says it is from ${shown}, but that is not confirmed (DMARC)${wish}.`,
        evidence,
      ),
    );
  }
  if (result.aligned || result.dmarc === 'pass' || list) return found;
  if (result.spf === 'fail')
    found.push(
      finding(
        'spf-fail',
        important ? 40 : 25,
        `The server that sent the mail may not send for its domain (SPF fails for ${shown}).`,
        evidence,
      ),
    );
  else if (result.spf === 'softfail')
    found.push(
      finding(
        'spf-softfail',
        important ? 20 : 8,
        `The server that sent the mail is not one that ${shown} names (SPF softfail).`,
        evidence,
      ),
    );
  if (result.dkim === 'fail')
    found.push(
      finding(
        'dkim-fail',
        important ? 30 : 12,
        'The mail was signed, but changed since, or the signature is forged (DKIM).',
        evidence,
      ),
    );
  return found;
}

/** Whether the sender is who he says, by SPF, DKIM and DMARC. What could not be checked says nothing. */
export const authentication: Check = {
  id: 'authentication',
  techniques: [
    {
      id: 'dmarc-fail',
      title: 'Sender not confirmed (DMARC)',
      description:
        'Neither SPF nor DKIM confirms the domain in From, although it publishes how its mail is to be checked. Heavier where its owner wants such mail refused, and for your own, a supplier’s or a well-known company’s domain; light on lists.',
      maxScore: 65,
      source: 'RFC 7489; RFC 9989',
    },
    {
      id: 'spf-fail',
      title: 'Sent by a server that may not (SPF)',
      description:
        'The domain’s owner says which servers send its mail, and that no others do; this one is none of them.',
      maxScore: 40,
      source: 'RFC 7208',
    },
    {
      id: 'spf-softfail',
      title: 'Sent by an unnamed server (SPF)',
      description:
        'The server is none of those that the domain’s owner names; he does not say that there are no others.',
      maxScore: 20,
      source: 'RFC 7208',
    },
    {
      id: 'dkim-fail',
      title: 'Broken signature (DKIM)',
      description: 'The mail’s signature does not fit its content: it was changed on its way, or forged.',
      maxScore: 30,
      source: 'RFC 6376',
    },
    {
      id: 'sender-confirmed',
      title: 'Sender confirmed',
      description:
        'SPF or DKIM confirms the domain in From. It weighs nothing: whoever owns a domain can have it confirmed.',
      maxScore: 0,
      source: 'RFC 7489',
    },
  ],
  run({ knowledge, sender, message }) {
    const result = knowledge.message.authentication;
    if (!result || result.from === 'none' || !sender.domain) return [];
    if (result.aligned && result.dmarc !== 'fail')
      return [
        finding(
          'sender-confirmed',
          0,
          `That the mail is from ${defang(sender.domain)} ${whoSays[result.from]}: it is.`,
          { domain: defang(sender.domain) },
        ),
      ];
    const important = sender.own || sender.supplier !== null || ownersOf(sender.registrable).length > 0;
    // A chain of trustworthy forwarders (ARC) explains what broke on the way.
    const forwarded = result.arc === 'pass' && result.from === 'trusted';
    return failures(result, sender.domain, important, message.list || forwarded);
  },
};

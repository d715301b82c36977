import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { isAboutMoney } from '../../money/topics.ts';
import type { Authentication, Check } from '../../types.ts';

/** How surely the sender is not who he says, 0–100. Forwarding breaks SPF, not DKIM: that one passes is enough. */
function forged({ from, spf, dkim, dmarc, aligned, policy, arc }: Authentication): number {
  if (from === 'none' || dmarc === 'pass' || (dkim === 'pass' && aligned)) return 0;
  if (arc === 'pass') return 15;
  if (dmarc === 'fail') return policy === 'reject' || policy === 'quarantine' ? 65 : 50;
  if (spf === 'fail' && dkim !== 'pass') return 45;
  return dkim === 'fail' && spf !== 'pass' ? 30 : 0;
}

/** The mail says that it comes from a supplier's domain, and the domain's owner says that it does not. */
export const supplierAuthentication: Check = {
  id: 'supplier-authentication',
  techniques: [
    {
      id: 'supplier-authentication-failed',
      title: 'Supplier’s domain, failed authentication',
      description:
        'The From address is a supplier’s, but SPF, DKIM and DMARC say that somebody else sent it. With talk of money it is malicious.',
      maxScore: 80,
      source: 'RFC 7489 (DMARC)',
    },
  ],
  run(context) {
    const { sender, knowledge } = context;
    const { authentication } = knowledge.message;
    if (!sender.supplier || !authentication) return [];
    const sure = forged(authentication);
    if (sure === 0) return [];
    const score = isAboutMoney(context) && sure >= 45 ? Math.min(80, sure + 27) : sure;
    const explanation = `The mail says that it comes from ${defang(sender.domain ?? '')} (${sender.supplier.name}), but it was sent by somebody else: SPF ${authentication.spf}, DKIM ${authentication.dkim}, DMARC ${authentication.dmarc}.`;
    const { spf, dkim, dmarc } = authentication;
    return [
      finding('supplier-authentication-failed', score, explanation, {
        ...{ spf, dkim, dmarc },
        supplier: sender.supplier.name,
      }),
    ];
  },
};

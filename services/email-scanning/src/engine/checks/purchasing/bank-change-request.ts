import { finding } from '../../finding.ts';
import { bankChangeIn } from '../../money/bank-change.ts';
import { fold } from '../../reading.ts';
import { concernOf, type Tie } from '../../related.ts';
import type { Attachment, Check } from '../../types.ts';

const maxText = 30_000;
/** Of somebody with whom the tenant has nothing to do. */
const strangers = 15;

/** Of a supplier's mail, whoever wrote it, this alone must stop payments until somebody has called him (see decision 0009). */
const scores: Record<Tie, number> = {
  sender: 76,
  imitation: 76,
  name: 76,
  order: 76,
  mention: 45,
  account: 30,
};

function attachmentSays(attachments: readonly Attachment[]): string | null {
  for (const { facts } of attachments) {
    const sentence = facts.text ? bankChangeIn(facts.text, fold(facts.text.slice(0, maxText))) : null;
    if (sentence !== null) return sentence;
  }
  return null;
}

/** The mail wants payments to go elsewhere from now on. */
export const bankChangeRequest: Check = {
  id: 'bank-change-request',
  techniques: [
    {
      id: 'bank-change-request',
      title: 'Announces another bank account',
      description:
        'A sentence says that bank details have changed or that another account is to be used from now on (eight languages). Warnings of such mails, and assurances that nothing has changed, do not count.',
      maxScore: 76,
    },
  ],
  run(context) {
    const { reading, message } = context;
    const sentence = bankChangeIn(reading.shown, reading.folded) ?? attachmentSays(message.attachments);
    if (sentence === null) return [];
    const { supplier, tie } = concernOf(context);
    // Colleagues tell each other of such things.
    const score = context.sender.own ? 15 : tie ? scores[tie] : strangers;
    const whom = supplier ? `of ${supplier.name}` : 'of the sender';
    const explanation = `The mail says that the bank details ${whom} have changed. Ask by a telephone number that you know from elsewhere.`;
    return [finding('bank-change-request', score, explanation, { sentence })];
  },
};

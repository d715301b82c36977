import { finding } from '../../finding.ts';
import { accountsIn } from '../../money/named-accounts.ts';
import { quotesIn } from '../../money/quotes.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import type { Check, CheckContext } from '../../types.ts';

/** How a subject says that the mail answers or forwards another (in Stockade's languages). */
const answers = /^\s*(?:re|aw|antw|sv|rif|r|odp|res|ynt)(?:\[\d+\])?\s*:/i;

/** Whether the mail looks like one of a conversation. */
function looksLikeAnswer({ message, reading }: CheckContext): boolean {
  return answers.test(message.subject ?? '') && quotesIn(reading.shown).length > 0;
}

/** The conversation that the mail goes on with never took place. */
export const inventedThread: Check = {
  id: 'invented-thread',
  techniques: [
    {
      id: 'invented-thread',
      title: 'Conversation that never happened',
      description:
        'The mail quotes a conversation, but it answers none that the tenant sent or received, and comes from a stranger or somebody who passes himself off as a supplier.',
      maxScore: 50,
    },
  ],
  run(context) {
    const { sender, knowledge, message } = context;
    const { history } = knowledge.message;
    if (sender.own || knowledge.tenant.suppliers.length === 0 || !looksLikeAnswer(context)) return [];
    const { tie } = concernOf(context);
    const posing = tie === 'imitation' || tie === 'name';
    // Without history only a conversation without any reference to an earlier mail is known to be invented.
    const unknown = history
      ? !history.threadKnown
      : message.inReplyTo === null && message.threadIds.length === 0;
    if (!unknown) return [];
    const money = isAboutMoney(context) || accountsIn(context).length > 0;
    const first = history !== null && history.fromAddressSeen === 0;
    const score = posing
      ? 50
      : tie === 'order' || tie === 'mention'
        ? money
          ? 45
          : 20
        : tie === 'sender' && first && money
          ? 15
          : 0;
    if (score === 0) return [];
    const explanation =
      'The mail quotes an earlier conversation, but nobody here wrote or received the mails that it quotes.';
    return [finding('invented-thread', score, explanation, { subject: message.subject?.slice(0, 200) })];
  },
};

import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { linkFacts, ofSender } from '../links/facts.ts';

const answer = /^\s*(re|aw|sv|vs|antw|rif|odp)\s*(\[\d+\])?\s*:/i;

/** An answer to a mail that nobody here sent or got. */
export const threadHijack: Check = {
  id: 'thread-hijack',
  techniques: [
    {
      id: 'unknown-thread',
      title: 'Answers a mail that never was',
      description:
        'The mail is made as an answer (“Re:”), but the organisation neither sent nor got what it answers, and a sender who never wrote before brings a link or file along. Stolen threads are used so.',
      maxScore: 28,
    },
  ],
  run(context) {
    const { message, knowledge, sender } = context;
    const { history } = knowledge.message;
    if (!history || history.threadKnown || message.list || sender.own) return [];
    const claims = message.inReplyTo !== null || message.threadIds.length > 0;
    const named = answer.test(message.subject ?? '');
    if (!claims && !named) return [];
    const stranger = history.fromAddressSeen === 0;
    const leads = linkFacts(context).web.some(({ target }) => !ofSender(context, target));
    const carries = message.attachments.some(({ inline }) => !inline);
    if (!stranger || !(leads || carries)) return [];
    // “Re:” without any thread is written by who wants it to look like an answer.
    const score = named && !claims ? 28 : history.fromDomainSeen === 0 ? 22 : 12;
    const explanation =
      'The mail is made as an answer, but nobody here wrote or got what it answers, and it brings a link or file along.';
    return [finding('unknown-thread', score, explanation)];
  },
};

import { finding } from '../../finding.ts';
import type { Check, Finding } from '../../types.ts';

/** How the message is made: what could not be read, and what no ordinary program writes. */
export const structure: Check = {
  id: 'structure',
  techniques: [],
  run({ message }) {
    const found: Finding[] = message.problems.map((problem) =>
      finding(
        'unreadable-content',
        problem.code === 'note' ? 5 : problem.code === 'cut' ? 45 : 15,
        `${problem.message}.`,
      ),
    );
    if (message.fromCount > 1)
      found.push(
        finding(
          'several-senders',
          35,
          `The mail has ${message.fromCount} From headers: different programs show different senders.`,
        ),
      );
    else if (!message.from?.address && message.problems.length === 0)
      found.push(finding('no-sender', 12, 'The mail names no sender.'));
    const inName = /[\w.+-]+@([\w-]+\.)+[a-z]{2,}/i.exec(message.from?.name ?? '')?.[0];
    if (inName && inName.toLowerCase() !== message.from?.address) {
      found.push(
        finding(
          'address-in-display-name',
          25,
          `The sender's name shows the address ${inName}, but the mail comes from ${message.from?.address}.`,
        ),
      );
    }
    if (message.hiddenText.length > 300)
      found.push(
        finding(
          'hidden-text',
          8,
          'The mail holds much text that is not shown, which is done to deceive filters.',
          { characters: message.hiddenText.length },
        ),
      );
    return found;
  },
};

import { finding } from '../../finding.ts';
import { accountsIn } from '../../money/named-accounts.ts';
import { concernOf } from '../../related.ts';
import type { Check, Finding } from '../../types.ts';

/** An account is in the mail in a way that people and programs do not see alike. */
export const hiddenAccount: Check = {
  id: 'hidden-account',
  techniques: [
    {
      id: 'disguised-bank-account',
      title: 'Bank account in disguise',
      description:
        'The digits of an account are cut by signs without width or written in letters of other scripts, so that people can read the account and programs cannot.',
      maxScore: 60,
    },
    {
      id: 'hidden-bank-account',
      title: 'Hidden bank account',
      description:
        'An account stands in text that is not shown, or plain text and HTML of the same mail name different accounts.',
      maxScore: 50,
    },
  ],
  run(context) {
    const accounts = accountsIn(context);
    if (accounts.length === 0) return [];
    const ours = concernOf(context).supplier !== null;
    return accounts.slice(0, 10).flatMap((account): Finding[] => {
      const { display, places, disguised } = account;
      if (disguised) {
        const explanation = `The account ${display} is written so that people can read it and programs cannot.`;
        return [finding('disguised-bank-account', ours ? 60 : 35, explanation, { account: display })];
      }
      // A plain text may leave the footer out, or have one: only two different accounts are a trick.
      const contradicts =
        places.has('alternative') &&
        !places.has('shown') &&
        accounts.some((other) => other.places.has('shown'));
      const onlyHidden = places.has('hidden') && places.size === 1;
      if (!onlyHidden && !contradicts) return [];
      const explanation = onlyHidden
        ? `The mail hides the account ${display} in text that is not shown.`
        : `The mail’s plain text names the account ${display}, and what is shown names another one.`;
      return [finding('hidden-bank-account', ours ? 50 : 30, explanation, { account: display })];
    });
  },
};

import { lureCheck } from './lure.ts';
import { telephonesIn } from './telephone.ts';

/** An invoice for something never bought, and a number to call about it: the trick works on the telephone, out of sight of any filter. */
export const callBackLure = lureCheck({
  id: 'call-back-lure',
  title: 'An unexpected charge and a number to call',
  description:
    'Tells of a purchase, renewal or sign-in that the reader knows nothing of, with a telephone number as the only way to stop it. Firms that charge somebody link to their own site.',
  says: [
    [
      'charge-notice',
      'subscription-renewal',
      'unusual-activity',
      'payment-problem',
      'infected',
      'account-threat',
    ],
    ['call-us'],
  ],
  adds: [
    'charge-notice',
    'subscription-renewal',
    'if-not-you',
    'urgency',
    'deadline',
    'generic-greeting',
    'unusual-activity',
  ],
  made: ({ leadsHome, answers, freeMail }, { reading }) =>
    (freeMail || !leadsHome) && !answers && telephonesIn(reading.shown).length > 0,
  more: ({ freeMail, links, answersToFreeMail }) =>
    (freeMail || answersToFreeMail ? 15 : 0) + (links === 0 ? 5 : 0),
  score: { base: 8, step: 7, max: 65 },
  explanation:
    'The mail tells of a charge or renewal and wants you to call a number about it. Call only numbers that you know from elsewhere.',
});

import { lureCheck } from './lure.ts';

/** Pretexts to make somebody enter a password on a foreign page. */
export const accountLures = [
  lureCheck({
    id: 'credential-phishing-language',
    title: 'Wants you to sign in or confirm an account',
    description:
      'Says that something is wrong with an account and asks to verify it by a link. The more of the usual pattern meets (threat, deadline, impersonal greeting), the surer.',
    says: [
      ['account-threat', 'unusual-activity', 'loss-threat'],
      ['verify-demand', 'click-demand'],
    ],
    adds: [
      'account-threat',
      'verify-demand',
      'click-demand',
      'deadline',
      'urgency',
      'loss-threat',
      'generic-greeting',
      'help-desk',
    ],
    made: ({ clickable }) => clickable,
    more: ({ leadsHome, leadsAway }) => (leadsHome ? -12 : leadsAway ? 10 : 0),
    score: { base: 8, step: 6, max: 55 },
    explanation:
      'The mail threatens to close or limit an account and wants you to sign in or confirm something by a link.',
  }),
  lureCheck({
    id: 'verification-request',
    title: 'Wants an account confirmed, without a reason',
    description:
      'Asks to confirm or update account data by a link that does not lead to the sender’s own domain, in the impersonal and pressing way of such mails.',
    says: [['verify-demand'], ['click-demand', 'help-desk', 'deadline', 'urgency']],
    adds: ['click-demand', 'generic-greeting', 'urgency', 'deadline', 'help-desk', 'call-us'],
    made: ({ clickable, leadsHome, leadsAway, answers }) => clickable && leadsAway && !leadsHome && !answers,
    more: (_, wording) => (wording.at('verify-demand').length > 1 ? 5 : 0),
    score: { base: 4, step: 5, max: 30 },
    explanation:
      'The mail wants account data confirmed by a link that does not lead to the sender’s own site.',
  }),
  lureCheck({
    id: 'mailbox-lure',
    title: 'Trouble with the mailbox as a pretext',
    description:
      'A full mailbox, messages held back or a password about to expire, with a link to put it right: the usual way to steal mail passwords.',
    says: [
      ['mailbox-trouble', 'password-expiry'],
      ['verify-demand', 'click-demand', 'loss-threat'],
    ],
    adds: [
      'password-expiry',
      'verify-demand',
      'deadline',
      'urgency',
      'loss-threat',
      'generic-greeting',
      'help-desk',
    ],
    made: ({ clickable }) => clickable,
    more: ({ leadsHome }) => (leadsHome ? -10 : 0),
    score: { base: 18, step: 7, max: 55 },
    explanation:
      'The mail says that the mailbox is full, mail is held back or the password expires, and wants you to act by a link.',
  }),
  lureCheck({
    id: 'payment-problem-lure',
    title: 'A failed payment as a pretext',
    description: 'Says that a payment or card was refused and asks to enter the data anew by a link.',
    says: [['payment-problem'], ['verify-demand', 'click-demand']],
    adds: [
      'account-threat',
      'loss-threat',
      'deadline',
      'urgency',
      'generic-greeting',
      'subscription-renewal',
    ],
    made: ({ clickable }) => clickable,
    more: ({ leadsHome }) => (leadsHome ? -10 : 0),
    score: { base: 12, step: 7, max: 45 },
    explanation: 'The mail says that a payment failed and wants you to enter payment details by a link.',
  }),
  lureCheck({
    id: 'document-lure',
    title: 'A document or voice message to be opened by a link',
    description:
      'Says that a document, fax, signature or voice message waits behind a link: a frequent way to a false sign-in page.',
    says: [
      ['document-share', 'voice-message'],
      ['click-demand', 'verify-demand', 'deadline', 'urgency'],
    ],
    adds: ['voice-message', 'deadline', 'urgency', 'generic-greeting', 'password-expiry', 'mailbox-trouble'],
    made: ({ clickable, leadsHome, words }) => clickable && !leadsHome && words < 300,
    score: { base: 8, step: 5, max: 30 },
    explanation: 'The mail says that a document or a message waits for you behind a link.',
  }),
  lureCheck({
    id: 'wallet-lure',
    title: 'Wants the keys of a crypto wallet',
    description:
      'Speaks of a wallet that must be verified, connected or restored. Whoever enters the recovery words there loses the money.',
    says: [['wallet'], ['verify-demand', 'click-demand', 'account-threat', 'deadline', 'loss-threat']],
    adds: ['account-threat', 'deadline', 'urgency', 'loss-threat', 'generic-greeting', 'verify-demand'],
    made: ({ clickable }) => clickable,
    score: { base: 28, step: 7, max: 60 },
    explanation: 'The mail wants you to verify or connect a crypto wallet: that is how wallets are emptied.',
  }),
];

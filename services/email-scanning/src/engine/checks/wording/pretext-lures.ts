import { lureCheck } from './lure.ts';

/** Pretexts to make somebody click, call or pay: parcels, refunds, prizes, renewals. */
export const pretextLures = [
  lureCheck({
    id: 'parcel-lure',
    title: 'A parcel that waits for a fee or an address',
    description: 'A delivery is said to be held until a fee is paid or an address confirmed by a link.',
    says: [['parcel-held'], ['click-demand', 'verify-demand', 'delivery-fee']],
    adds: [
      'parcel-held',
      'delivery-fee',
      'deadline',
      'urgency',
      'generic-greeting',
      'loss-threat',
      'verify-demand',
    ],
    made: ({ clickable }) => clickable,
    more: ({ leadsHome }) => (leadsHome ? -12 : 0),
    score: { base: 10, step: 8, max: 50 },
    explanation: 'The mail says that a parcel is held and wants you to pay or confirm something by a link.',
  }),
  lureCheck({
    id: 'refund-lure',
    title: 'A refund to be claimed',
    description: 'Promises money back (tax, double payment, compensation) if one enters data behind a link.',
    says: [['refund'], ['click-demand', 'verify-demand']],
    adds: ['deadline', 'urgency', 'generic-greeting', 'verify-demand', 'loss-threat', 'help-desk'],
    made: ({ clickable }) => clickable,
    more: ({ leadsHome }) => (leadsHome ? -12 : 0),
    score: { base: 20, step: 7, max: 48 },
    explanation: 'The mail promises a refund and wants you to claim it by a link.',
  }),
  lureCheck({
    id: 'prize-lure',
    title: 'A prize or reward to be claimed',
    description: 'Says that the reader was chosen for a prize, gift or survey reward.',
    says: [['prize'], ['click-demand', 'verify-demand', 'deadline', 'sales-pitch', 'urgency']],
    adds: ['deadline', 'urgency', 'generic-greeting', 'not-spam', 'loss-threat', 'lottery', 'gift-card'],
    more: ({ leadsHome, leadsAway }, wording) =>
      (leadsHome ? -10 : 0) + (wording.at('prize').length > 2 ? 10 : 0) + (leadsAway && !leadsHome ? 5 : 0),
    score: { base: 17, step: 7, max: 50 },
    explanation: 'The mail says that you were chosen for a prize or reward that you only have to claim.',
  }),
  lureCheck({
    id: 'infected-device-lure',
    title: 'An infected computer as a pretext',
    description:
      'Claims to know that the device is infected or its protection has expired. No mail can know that.',
    says: [
      ['infected'],
      ['click-demand', 'subscription-renewal', 'sales-pitch', 'call-us', 'deadline', 'verify-demand'],
    ],
    adds: ['deadline', 'urgency', 'loss-threat', 'sales-pitch', 'subscription-renewal', 'generic-greeting'],
    made: ({ clickable, answers }) => clickable && !answers,
    more: ({ leadsHome }) => (leadsHome ? -10 : 0),
    score: { base: 20, step: 7, max: 50 },
    explanation:
      'The mail claims that your device is infected or unprotected and wants you to act by a link.',
  }),
  lureCheck({
    id: 'crypto-gift-lure',
    title: 'Coins or profits to be had for nothing',
    description: 'Promises crypto coins, a payout or profits without risk.',
    says: [
      ['crypto-gift', 'investment'],
      ['click-demand', 'verify-demand', 'sales-pitch', 'prize', 'deadline', 'urgency'],
    ],
    adds: ['crypto-gift', 'easy-money', 'deadline', 'urgency', 'prize', 'generic-greeting', 'wallet'],
    made: ({ clickable, answers }) => clickable && !answers,
    more: (_, wording) => (wording.at('crypto-gift').length + wording.at('investment').length > 3 ? 10 : 0),
    score: { base: 10, step: 6, max: 45 },
    explanation: 'The mail promises crypto coins or profits for nothing.',
  }),
];

import { lureCheck } from './lure.ts';

const short = 120;

/** What people pretend who write as a colleague or a superior. */
export const businessLures = [
  lureCheck({
    id: 'favour-opener',
    title: 'Opens with a favour or a question whether you are there',
    description:
      'A few lines without any matter: are you available, a quick task, I am in a meeting. So begins most fraud in a superior’s name; from a free mail address it is rarely anything else.',
    says: [['opener']],
    adds: ['secrecy', 'urgency', 'gift-card', 'transfer-request'],
    made: ({ links, answers, words }) => links === 0 && !answers && words < short,
    more: ({ freeMail, answersToFreeMail }, wording) =>
      (freeMail || answersToFreeMail ? 10 : 0) + (wording.at('opener').length > 1 ? 12 : 0),
    score: { base: 8, step: 8, max: 50 },
    explanation:
      'The mail asks for a favour or whether you are available, and does not say what for: so begins fraud in a superior’s name.',
  }),
  lureCheck({
    id: 'gift-card-request',
    title: 'Wants gift cards bought',
    description: 'Asks to buy gift cards and send their codes. No company pays that way.',
    says: [['gift-card'], ['opener', 'secrecy', 'urgency', 'transfer-request', 'partner-wanted']],
    adds: ['opener', 'secrecy', 'urgency'],
    made: ({ words }) => words < 250,
    more: ({ freeMail }, wording) => (freeMail ? 10 : 0) + (wording.at('gift-card').length > 1 ? 10 : 0),
    score: { base: 20, step: 7, max: 65 },
    explanation: 'The mail wants gift cards bought. No honest colleague or company asks for that by mail.',
  }),
  lureCheck({
    id: 'payroll-diversion',
    title: 'Wants salary paid to another account',
    description:
      'Asks to change the account that a salary goes to. Often sent in an employee’s name from a foreign address.',
    says: [['payroll-change']],
    adds: ['urgency', 'bank-change', 'deadline'],
    made: ({ links, words }) => links === 0 && words < 200,
    more: ({ freeMail, answersToFreeMail }) => (freeMail || answersToFreeMail ? 20 : 0),
    score: { base: 18, step: 7, max: 55 },
    explanation: 'The mail wants a salary paid to another account. Ask the employee in person.',
  }),
  lureCheck({
    id: 'urgent-transfer',
    title: 'Presses for a bank transfer',
    description: 'Wants a transfer made at once or in confidence.',
    says: [['transfer-request'], ['urgency', 'secrecy', 'opener', 'deadline']],
    adds: ['urgency', 'secrecy', 'opener', 'bank-change'],
    made: ({ words }) => words < 250,
    more: ({ freeMail, answersToFreeMail }) => (freeMail || answersToFreeMail ? 12 : 0),
    score: { base: 6, step: 7, max: 45 },
    explanation:
      'The mail presses for a bank transfer. Ask by a telephone number that you know from elsewhere.',
  }),
];

import { lureCheck } from './lure.ts';

const wallet =
  /(?<![A-Za-z0-9])(?:bc1[a-z0-9]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9a-fA-F]{40}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})(?![A-Za-z0-9])/;

/** Threatens to publish recordings or data unless coins are paid. */
export const extortion = lureCheck({
  id: 'extortion',
  title: 'Threatens and wants to be paid in coins',
  description:
    'Claims to have recorded the reader or broken into his devices, and wants crypto coins for silence.',
  says: [['extortion-recording'], ['extortion-payment']],
  adds: ['deadline', 'secrecy', 'loss-threat'],
  made: ({ answers }, { reading }) => !answers || wallet.test(reading.shown.slice(0, 20_000)),
  more: ({ links }, wording) =>
    Math.min(40, 8 * (wording.at('extortion-recording').length + wording.at('extortion-payment').length)) +
    (links === 0 ? 8 : 0),
  score: { base: 10, step: 8, max: 85 },
  explanation:
    'The mail threatens to publish something about you unless you pay in coins. It is sent to thousands; nothing was recorded.',
});

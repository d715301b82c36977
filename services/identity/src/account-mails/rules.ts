import { type Round, secondsToNextRound } from '@stockade/outgoing-mail';

const waits = { firstSeconds: 5, maxSeconds: 5 * 60 };

/** Seconds until the next try: as all queued mails, from 5 seconds up to 5 minutes. */
export const waitSeconds = (round: Round, random?: number) => secondsToNextRound(round, waits, random);

import type { Stack } from '@stockade/testing/stack';
import { type Sending, type Sent, send } from './k6.ts';
import { look, type Snapshot } from './machine.ts';
import { connections, type Outcome, outcomeOf } from './outcome.ts';

export interface Ran extends Sent, Outcome {
  sending: Sending;
  before: Snapshot;
  after: Snapshot;
  connectionsBefore: number;
  connectionsAfter: number;
}

export interface Runner {
  send(sending: Omit<Sending, 'run'>): Promise<Ran>;
}

/** Sends mail to one running Stockade, again and again, and says what became of it. */
export function createRunner({ stack, databaseUrl }: { stack: Stack; databaseUrl: string }): Runner {
  let runs = 0;
  return {
    async send(options) {
      const sending = { ...options, run: `load-${++runs}` };
      const before = await look(stack);
      const connectionsBefore = await connections(databaseUrl);
      const sent = await send(stack, sending);
      const outcome = await outcomeOf(databaseUrl, sending.run);
      const after = await look(stack);
      const connectionsAfter = await connections(databaseUrl);
      return { sending, ...sent, ...outcome, before, after, connectionsBefore, connectionsAfter };
    },
  };
}

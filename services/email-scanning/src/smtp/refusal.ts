import { isTransient } from '@stockade/database';
import { ServiceError } from '@stockade/service-kit';

/** What the client is told: 4xx to try again, 5xx to give up. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly responseCode: number;

  constructor(responseCode: number, text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

export const refusals = {
  unknown: () => new Refusal(550, 'No such recipient here'),
  notAllowed: () => new Refusal(550, 'You may not send to this recipient'),
  tooManyRecipients: () => new Refusal(452, 'Too many recipients'),
  tooLarge: () => new Refusal(552, 'The message is larger than allowed'),
  empty: () => new Refusal(554, 'The message is empty'),
  tooSlow: () => new Refusal(421, 'The message took too long'),
  tooManyConnections: () => new Refusal(421, 'Too many connections from your address'),
  overloaded: () => new Refusal(451, 'Too much mail at the moment, try again later'),
  unavailable: () => new Refusal(451, 'The message could not be stored, try again later'),
};

/** Whether a failure is worth a line in the log: what passes by itself is a warning. */
export const isExpected = (error: unknown): boolean => isTransient(error) || error instanceof ServiceError;

/** Whatever went wrong on our side: the client keeps the message and tries again. Nothing of the cause is told. */
export const toRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : refusals.unavailable();

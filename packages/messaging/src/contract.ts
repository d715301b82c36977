import { type EventDefinition, type EventEnvelope, EventHead } from '@stockade/contracts';
import { Compile } from 'typebox/compile';

interface Checker {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<{ instancePath: string; message: string }>;
}

const head: Checker = Compile(EventHead);
const payloads = new WeakMap<EventDefinition, Checker>();

function payloadChecker(definition: EventDefinition): Checker {
  let checker = payloads.get(definition);
  if (!checker) {
    checker = Compile(definition.payload);
    payloads.set(definition, checker);
  }
  return checker;
}

function firstProblem(checker: Checker, value: unknown, at: string): string | null {
  if (checker.Check(value)) return null;
  for (const error of checker.Errors(value)) return `${at}${error.instancePath} ${error.message}`;
  return `${at} does not fit its schema`;
}

/** Why an event does not fit its contract, or null when it does. Unknown fields fit. */
export function contractProblem(
  event: EventEnvelope,
  definition: EventDefinition | undefined,
): string | null {
  const problem = firstProblem(head, event, 'event');
  if (problem) return problem;
  if (!definition) return `Nobody here knows events of the type ${event.type}`;
  return firstProblem(payloadChecker(definition), event.payload, 'payload');
}

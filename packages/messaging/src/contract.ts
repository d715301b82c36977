import { type EventDefinition, type EventEnvelope, EventHead } from '@stockade/contracts';
import { type Check, checkOf } from '@stockade/contracts/checks';

const head = checkOf(EventHead);
const payloads = new WeakMap<EventDefinition, Check>();

function payloadCheck(definition: EventDefinition): Check {
  let check = payloads.get(definition);
  if (!check) {
    check = checkOf(definition.payload);
    payloads.set(definition, check);
  }
  return check;
}

function firstProblem(check: Check, value: unknown, at: string): string | null {
  if (check(value)) return null;
  const [first] = check.errors ?? [];
  return first ? `${at}${first.instancePath} ${first.message}` : `${at} does not fit its schema`;
}

/** Why an event does not fit its contract, or null when it does. Unknown fields fit. */
export function contractProblem(
  event: EventEnvelope,
  definition: EventDefinition | undefined,
): string | null {
  const problem = firstProblem(head, event, 'event');
  if (problem) return problem;
  if (!definition) return `Nobody here knows events of the type ${event.type}`;
  return firstProblem(payloadCheck(definition), event.payload, 'payload');
}

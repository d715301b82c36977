import { auditEntryRecorded, type EventEnvelope } from '@stockade/contracts';
import type { Static } from 'typebox';

/** An audit entry whose change stands. */
export type CommittedEntry = EventEnvelope<Static<typeof auditEntryRecorded.payload>>;

const listeners = new Set<(entry: CommittedEntry) => void>();

/** Has each audit entry told that `runWork` commits in this process. The function given back ends that. */
export function onCommitted(listener: (entry: CommittedEntry) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellCommitted(events: readonly EventEnvelope[]): void {
  if (listeners.size === 0) return;
  for (const event of events)
    if (event.type === auditEntryRecorded.type)
      for (const listener of listeners) listener(event as CommittedEntry);
}

import { auditEntryRecorded } from './audit/events.ts';
import { fraudDetected, messageAccepted, rescanRequested } from './email-scanning/events.ts';
import type { EventDefinition } from './event.ts';
import { featureFlagChanged, flagsEvaluated, tenantChanged, userChanged } from './identity/events.ts';
import {
  itemChanged,
  receiptPosted,
  receiptReversed,
  siteChanged,
  stockLevelChanged,
} from './inventory/events.ts';
import type { ServiceName } from './principal.ts';
import {
  bankAccountChanged,
  goodsReceived,
  goodsReturned,
  orderChanged,
  orderMailQueued,
  supplierChanged,
} from './purchasing/events.ts';

/** One queue for each consumer; BullMQ is no publish/subscribe, so an event is put into the queue of each. */
export const queues = [
  'identity',
  'inventory',
  'purchasing',
  'email-scanning',
  'email-scanning.scan',
  'audit',
] as const;
export type QueueName = (typeof queues)[number];

/** The service whose process works a queue off. */
export function queueOwner(queue: QueueName): ServiceName {
  return queue.split('.')[0] as ServiceName;
}

/**
 * Queues whose events travel many in one job, and how many at most: what costs is the job, not the event. Mails are fewer:
 * each takes milliseconds to scan, and a job's verdicts are committed together.
 */
export const batchedQueues: ReadonlyMap<QueueName, number> = new Map<QueueName, number>([
  ['audit', 200],
  ['email-scanning.scan', 50],
]);

const routes: readonly (readonly [EventDefinition, readonly QueueName[]])[] = [
  [auditEntryRecorded, ['audit']],
  [itemChanged, ['purchasing']],
  [siteChanged, ['purchasing']],
  [stockLevelChanged, ['purchasing']],
  [receiptPosted, ['purchasing']],
  [receiptReversed, ['purchasing']],
  [supplierChanged, ['email-scanning']],
  [bankAccountChanged, ['email-scanning']],
  [orderChanged, ['email-scanning', 'inventory']],
  [orderMailQueued, ['email-scanning']],
  [goodsReceived, ['inventory']],
  [goodsReturned, ['inventory']],
  [messageAccepted, ['email-scanning.scan']],
  [rescanRequested, ['email-scanning.scan']],
  [fraudDetected, ['purchasing']],
  [userChanged, ['email-scanning']],
  [tenantChanged, ['email-scanning']],
  [featureFlagChanged, ['inventory', 'purchasing', 'email-scanning']],
  [flagsEvaluated, ['identity']],
];

export const eventDefinitions: ReadonlyMap<string, EventDefinition> = new Map(
  routes.map(([event]) => [event.type, event]),
);

const queuesByType = new Map(routes.map(([event, names]) => [event.type, names]));

/** The queues an event goes to. An event that nobody routed is a mistake of ours, not something to drop. */
export function queuesFor(type: string): readonly QueueName[] {
  const names = queuesByType.get(type);
  if (!names) throw new Error(`No route for the event ${type}: add it to contracts/routing.ts.`);
  return names;
}

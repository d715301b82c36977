export {
  allQueues,
  createQueueBackend,
  deadQueue,
  type QueueBackend,
  type QueueBackendOptions,
} from './backend.ts';
export { type CommittedEntry, onCommitted } from './committed.ts';
export { type Consumer, consumer, type EventHandler, on, onBatch, type Preparation } from './consumer.ts';
export {
  countDead,
  type DeadLetter,
  type DeadLetterFilter,
  findDeadLetter,
  listDeadLetters,
  mirrorDeadLetters,
} from './dead-letters.ts';
export { pack as packEvents } from './job-data.ts';
export { maskedJob } from './masked.ts';
export { migrateQueues } from './migrate-queues.ts';
export { announce } from './news.ts';
export { type Outcome, type ProcessOptions, processBatch, processEvent } from './process.ts';
export { type Relay, type RelayOptions, startRelay } from './relay.ts';
export { type Resolution, type ResolutionParts, resolveDeadLetters } from './resolution.ts';
export {
  deleteOldDeadLetters,
  deletePublished,
  messagingCleanUps,
  messagingTasks,
  rollInbox,
} from './retention.ts';
export { systemCaller } from './system-caller.ts';
export type { MessagingTables } from './tables.ts';
export { formatTraceparent, parseTraceparent, tracingEnabled } from './trace-context.ts';
export * from './work.ts';
export { type Consumers, type ConsumersOptions, startConsumers } from './workers.ts';

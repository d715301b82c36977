import type { Envelope, MessageKnowledge, ParsedMessage, ParseOptions, TenantKnowledge } from './types.ts';

/** What a thread can be asked for one message. */
export type Task =
  | { kind: 'parse'; bytes: Uint8Array; options?: ParseOptions }
  | { kind: 'scan'; message: ParsedMessage; knowledge: MessageKnowledge; envelope: Envelope }
  | {
      kind: 'examine';
      bytes: Uint8Array;
      knowledge: MessageKnowledge;
      envelope: Envelope;
    };

/** Some tasks that go to a thread together. */
export interface Job {
  tasks: readonly Task[];
  /** Whose messages they are; what is only parsed is nobody's. */
  tenant?: TenantKnowledge;
}

/** A job as it is sent: the tenant's knowledge only when the thread does not have it. */
export interface Assignment {
  tasks: readonly Task[];
  tenantKey: string | undefined;
  tenant: TenantKnowledge | undefined;
}

/** What came of one task. */
export type Outcome = { value: unknown } | { error: string };

/** What a thread says: once that it is ready, then the outcomes of each assignment, in the order of its tasks. */
export type Report = 'ready' | readonly Outcome[];

/** What a thread is given at its start. */
export interface ThreadData {
  /** One Int32: how many tasks of its assignment it has begun. */
  begun: SharedArrayBuffer;
}

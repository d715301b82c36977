import type { Feedback } from '@stockade/contracts/email-scanning';
import type { ColumnType, Generated } from 'kysely';
import type { ResourceColumns } from '../resource-columns.ts';

export interface FeedbackTables {
  feedback: ResourceColumns & {
    message_id: string;
    person_id: string;
    verdict: Feedback['verdict'];
    reason: string | null;
    /** Places of the message's features; null until somebody has parsed it. */
    words: number[] | null;
    structure: number[] | null;
  };
  /** What a tenant's feedback makes of the classifier: as of `learned_revision`, of `revision` changes so far. */
  adaptations: {
    tenant_id: string;
    bias: Generated<number>;
    weights: ColumnType<Record<string, number>, string | undefined, string>;
    revision: Generated<number>;
    learned_revision: Generated<number>;
  };
}

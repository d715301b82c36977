import type { ListEntry } from '@stockade/contracts/email-scanning';
import type { ResourceColumns } from '../resource-columns.ts';

export interface ListTables {
  list_entries: ResourceColumns & {
    effect: ListEntry['effect'];
    kind: ListEntry['kind'];
    value: string;
    note: string | null;
    expires_at: Date | null;
  };
}

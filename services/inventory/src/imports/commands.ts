import type { Import } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import { toJobCaller } from '../jobs/caller.ts';
import type { ImportTable, InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

/** Their files are kept until they are worked off. */
const maxUnfinished = 20;

interface Upload {
  kind: ImportTable['kind'];
  mode: ImportTable['mode'];
  content: Buffer | undefined;
}

/** Takes a file in; it is worked off in the background, in the name of who sent it. */
export async function createImport(
  work: Work<InventoryDb>,
  { kind, mode, content }: Upload,
): Promise<Import> {
  if (!content?.length)
    throw errors.validation([{ path: '/', message: 'is empty: send the CSV file as the body' }]);
  if ((await queries.countUnfinished(work.trx)) >= maxUnfinished)
    throw errors.conflict(`${maxUnfinished} imports wait already: send this one when some of them are done.`);
  const row = await queries.insertImport(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    ...{ kind, mode, content, caller: JSON.stringify(toJobCaller(work.caller)) },
    ...{ failure: null, lease: null, leased_until: null, finished_at: null },
  });
  work.audit({
    action: 'inventory.import.create',
    target: { type: 'import', id: row.id },
    changes: {
      kind: { before: null, after: kind },
      mode: { before: null, after: mode },
      bytes: { before: null, after: content.length },
    },
  });
  return queries.toImport(row);
}

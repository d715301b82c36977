import type { MailImport } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import { errors } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { pieceBytes, pieceContext } from './file.ts';
import * as queries from './queries.ts';
import type { ImportTable } from './tables.ts';

/** Their files are kept until they are worked off. */
const maxUnfinished = 10;

interface Upload {
  format: ImportTable['format'];
  source: string | undefined;
  content: Buffer;
}

/** Takes a file in; it is worked off in the background, in the name of who sent it. */
export async function createImport(
  work: Work<EmailScanningDb>,
  sealer: Sealer,
  { format, source, content }: Upload,
): Promise<MailImport> {
  if ((await queries.countUnfinished(work.trx)) >= maxUnfinished)
    throw errors.conflict(`${maxUnfinished} imports wait already: send this one when some of them are done.`);
  const { actor, personId, requestId, traceparent, ip } = work.caller;
  const id = newId();
  const row = await queries.insertImport(work.trx, {
    ...{ tenant_id: work.tenantId, id, format, source: source ?? null, size_bytes: content.length },
    ...{ total: null, failure: null, lease: null, leased_until: null, finished_at: null },
    caller: JSON.stringify({ actor, personId, requestId, traceparent, ip }),
  });
  for (let no = 0; no * pieceBytes < content.length; no++) {
    const piece = content.subarray(no * pieceBytes, (no + 1) * pieceBytes);
    const body = sealer.seal(piece, pieceContext(work.tenantId, id, no));
    await queries.insertPiece(work.trx, { tenant_id: work.tenantId, import_id: id, no, body });
  }
  work.audit({
    action: 'email-scanning.mail-import.create',
    target: { type: 'mail-import', id },
    changes: {
      format: { before: null, after: format },
      bytes: { before: null, after: content.length },
    },
  });
  return queries.toImport(row);
}

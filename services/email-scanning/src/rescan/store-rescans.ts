import { fraudDetected } from '@stockade/contracts';
import { changed, type Work } from '@stockade/messaging';
import { type MessageRow, storeVerdicts } from '../messages/queries.ts';
import { summarize } from '../messages/rules.ts';
import type { Scan, Scanned } from '../scanning/scan-messages.ts';
import { verdictRow } from '../scanning/verdicts.ts';
import type { EmailScanningDb } from '../tables.ts';
import { lockScanned } from './queries.ts';
import { dispositionAfter, isWorse } from './rules.ts';

type Db = EmailScanningDb;
type Row = ReturnType<typeof verdictRow>;

interface Change {
  before: MessageRow;
  scanned: Scanned;
  row: Row;
}

/** Writes what another scan found, where it is worse than what was known; all else stays as it is. */
export async function storeRescans(work: Work<Db>, scans: ReadonlyMap<string, Scan>): Promise<void> {
  if (scans.size === 0) return;
  const changes: Change[] = [];
  for (const before of await lockScanned(work.trx, [...scans.keys()])) {
    const scanned = scans.get(before.id);
    if (scanned === undefined || scanned === 'later') continue;
    const { verdict, score } = scanned.result;
    if (!isWorse(before, verdict, score)) continue;
    const disposition = dispositionAfter(before, scanned.disposition);
    changes.push({ before, scanned, row: { ...verdictRow(before.id, scanned), disposition } });
  }
  if (changes.length === 0) return;
  await storeVerdicts(
    work.trx,
    changes.map(({ row }) => row),
    work.now,
  );
  for (const change of changes) tell(work, change);
}

/** Payments are held when it turns out malicious now; what was malicious has had its hold. */
function tell(work: Work<Db>, { before, scanned: { result }, row }: Change): void {
  work.audit({
    action: 'email-scanning.message.rescan',
    target: { type: 'message', id: row.id },
    changes: changed(before, row, ['verdict', 'score', 'disposition']),
  });
  if (!result.fraud || before.verdict === 'malicious') return;
  work.emit(fraudDetected, {
    aggregateId: row.id,
    aggregateVersion: before.version + 1,
    payload: {
      messageId: row.id,
      ...result.fraud,
      score: row.score,
      findings: summarize(row.findings),
    },
  });
}

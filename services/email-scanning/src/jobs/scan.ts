import { type EventEnvelope, messageAccepted, rescanRequested } from '@stockade/contracts';
import { consumer, onBatch, type Preparation, type Work } from '@stockade/messaging';
import { storeRescans } from '../rescan/store-rescans.ts';
import { type Scan, scanMessages } from '../scanning/scan-messages.ts';
import type { Scanner } from '../scanning/scanner.ts';
import { announceVerdicts, storeVerdicts } from '../scanning/verdicts.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = EmailScanningDb;
type AboutMail = EventEnvelope<{ messageId: string }>;
type Scans = ReadonlyMap<string, Scan>;

const idsOf = (events: readonly AboutMail[]) => [...new Set(events.map(({ payload }) => payload.messageId))];

/** The scans of those events' messages; a batch may be handled in parts. */
const scansOf = (events: readonly AboutMail[], scans: Scans): Scans =>
  new Map(
    idsOf(events).flatMap((id) => {
      const scan = scans.get(id);
      return scan === undefined ? [] : [[id, scan] as const];
    }),
  );

/**
 * Judges messages that were accepted, and those that news of feeds have judged again, many in one job: they are parsed and
 * judged in worker threads, and their verdicts are committed together.
 */
export function scanConsumer(scanner: Scanner) {
  const scan =
    (again: boolean) =>
    ({ db }: Preparation<Db>, events: readonly AboutMail[]) =>
      scanMessages(scanner, db, { tenantId: events[0]?.tenantId ?? '', ids: idsOf(events), again });
  return consumer<Db>(
    'email-scanning.scan',
    [
      onBatch(
        messageAccepted,
        (work: Work<Db>, events, scans: Scans) => storeVerdicts(work, scansOf(events, scans)),
        {
          prepare: scan(false),
          committed: ({ db }, events) => announceVerdicts(db, idsOf(events)),
        },
      ),
      onBatch(
        rescanRequested,
        (work: Work<Db>, events, scans: Scans) => storeRescans(work, scansOf(events, scans)),
        { prepare: scan(true) },
      ),
    ],
    { concurrency: 3 },
  );
}

import { type EventEnvelope, messageAccepted } from '@stockade/contracts';
import { consumer, onBatch, type Preparation, type Work } from '@stockade/messaging';
import { type Scan, scanMessages } from '../scanning/scan-messages.ts';
import type { Scanner } from '../scanning/scanner.ts';
import { announceVerdicts, storeVerdicts } from '../scanning/verdicts.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = EmailScanningDb;
type Accepted = EventEnvelope<{ messageId: string }>;

const idsOf = (events: readonly Accepted[]) => [...new Set(events.map(({ payload }) => payload.messageId))];

/**
 * Judges accepted messages, many in one job: they are parsed and judged in worker threads, and their verdicts are
 * committed together.
 */
export const scanConsumer = (scanner: Scanner) =>
  consumer<Db>(
    'email-scanning.scan',
    [
      onBatch(
        messageAccepted,
        (work: Work<Db>, events: Accepted[], scans: ReadonlyMap<string, Scan>) => {
          const mine = idsOf(events).flatMap((id): [string, Scan][] => {
            const scan = scans.get(id);
            return scan === undefined ? [] : [[id, scan]];
          });
          return storeVerdicts(work, new Map(mine));
        },
        {
          prepare: ({ db }: Preparation<Db>, events) =>
            scanMessages(scanner, db, { tenantId: events[0]?.tenantId ?? '', ids: idsOf(events) }),
          committed: ({ db }, events) => announceVerdicts(db, idsOf(events)),
        },
      ),
    ],
    { concurrency: 3 },
  );

import { type EventEnvelope, rescanRequested } from '@stockade/contracts';
import { type EventHandler, onBatch, type Preparation, type Work } from '@stockade/messaging';
import { type Scan, scanMessages } from '../scanning/scan-messages.ts';
import type { Scanner } from '../scanning/scanner.ts';
import type { EmailScanningDb } from '../tables.ts';
import { storeRescans } from './store-rescans.ts';

type Db = EmailScanningDb;
type Requested = EventEnvelope<{ messageId: string }>;

const idsOf = (events: readonly Requested[]) => [...new Set(events.map(({ payload }) => payload.messageId))];

/** Scans messages again, many in one job; of the queue `email-scanning.scan`. */
export const rescanHandler = (scanner: Scanner): EventHandler<Db> =>
  onBatch(
    rescanRequested,
    (work: Work<Db>, events, scans: ReadonlyMap<string, Scan>) => {
      const mine = idsOf(events).flatMap((id): [string, Scan][] => {
        const scan = scans.get(id);
        return scan === undefined ? [] : [[id, scan]];
      });
      return storeRescans(work, new Map(mine));
    },
    {
      prepare: ({ db }: Preparation<Db>, events) =>
        scanMessages(scanner, db, { tenantId: events[0]?.tenantId ?? '', ids: idsOf(events), again: true }),
    },
  );

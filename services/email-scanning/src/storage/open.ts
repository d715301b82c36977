import type { Service, Task } from '@stockade/service-kit';
import type { MailSettings } from '../config.ts';
import type { EmailScanningDb } from '../tables.ts';
import { removeOrphans } from './clean-up.ts';
import { createObjectStore, parseStoreUrl } from './object-store.ts';
import { createRawStore, type RawStore } from './raw-store.ts';
import { type Sealer, sealerOf } from './seal.ts';

export interface Storage {
  sealer: Sealer;
  raws: RawStore;
  tasks: Task<EmailScanningDb>[];
}

/** Where raw messages are kept, as the settings say, and what is done for it from time to time. */
export function openStorage(settings: MailSettings): Storage {
  const sealer = sealerOf(settings);
  const objects = settings.MAIL_STORE_URL ? createObjectStore(parseStoreUrl(settings.MAIL_STORE_URL)) : null;
  let after: string | null = null;
  const cleanUp = async (
    { systemDb, log }: Pick<Service<EmailScanningDb>, 'systemDb' | 'log'>,
    signal: AbortSignal,
  ) => {
    if (!objects) return;
    const { next, removed } = await removeOrphans(systemDb, objects, { after, now: new Date(), signal });
    after = next;
    if (removed > 0) log.info({ removed }, 'Objects that no message names were removed');
  };
  return {
    sealer,
    raws: createRawStore(sealer, objects),
    tasks: objects ? [{ name: 'remove-orphaned-objects', everyMs: 3_600_000, run: cleanUp }] : [],
  };
}

import { createSealer, type Sealer, type Secrets } from '@stockade/secrets';
import type { CleanUp, Service } from '@stockade/service-kit';
import type { MailSettings } from '../config.ts';
import type { EmailScanningDb } from '../tables.ts';
import { removeOrphans } from './clean-up.ts';
import { createObjectStore, parseStoreUrl } from './object-store.ts';
import { createRawStore, type RawStore } from './raw-store.ts';

export interface Storage {
  sealer: Sealer;
  raws: RawStore;
  cleanUps: CleanUp<EmailScanningDb>[];
}

/** Raw mail and sources' credentials are sealed with MAIL_ENCRYPTION_KEY; MAIL_ENCRYPTION_KEYS_OLD open as well. */
export function mailSealer(
  settings: Pick<MailSettings, 'MAIL_ENCRYPTION_KEYS_OLD'>,
  secrets: Secrets,
): Sealer {
  const old = (settings.MAIL_ENCRYPTION_KEYS_OLD ?? '').split(',').flatMap((key) => key.trim() || []);
  const name = 'MAIL_ENCRYPTION_KEY';
  return createSealer(
    { current: () => secrets.current(name), accepted: () => [...secrets.accepted(name), ...old] },
    'mail',
  );
}

/** Where raw messages are kept, as the settings say, and what is done for it from time to time. */
export function openStorage(settings: MailSettings, secrets: Secrets): Storage {
  const sealer = mailSealer(settings, secrets);
  const objects = settings.MAIL_STORE_URL ? createObjectStore(parseStoreUrl(settings.MAIL_STORE_URL)) : null;
  let after: string | null = null;
  const cleanUp = async (
    { systemDb, log }: Pick<Service<EmailScanningDb>, 'systemDb' | 'log'>,
    signal: AbortSignal,
  ) => {
    if (!objects) return 0;
    const { next, removed } = await removeOrphans(systemDb, objects, { after, now: new Date(), signal });
    after = next;
    if (removed > 0) log.info({ removed }, 'Objects that no message names were removed');
    return removed;
  };
  return {
    sealer,
    raws: createRawStore(sealer, objects),
    cleanUps: objects ? [{ name: 'remove-orphaned-objects', everyMs: 3_600_000, run: cleanUp }] : [],
  };
}

import { createSealer, type Sealer } from '@stockade/secrets/seal';

export { SealError, type Sealer } from '@stockade/secrets/seal';

/** The keys of mail as settings give them: `old` separated by commas. */
export function sealerOf(settings: {
  MAIL_ENCRYPTION_KEY: string;
  MAIL_ENCRYPTION_KEYS_OLD?: string;
}): Sealer {
  const old = (settings.MAIL_ENCRYPTION_KEYS_OLD ?? '').split(',').flatMap((key) => key.trim() || []);
  return createSealer({ current: settings.MAIL_ENCRYPTION_KEY, old }, 'mail');
}

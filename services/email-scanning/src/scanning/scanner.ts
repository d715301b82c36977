import type { OurFlags } from '@stockade/feature-flags';
import type { Sealer } from '@stockade/secrets';
import type { Antivirus } from '../antivirus/index.ts';
import type { Authenticator } from '../authentication/index.ts';
import type { Engine } from '../engine/index.ts';
import type { RawStore } from '../storage/raw-store.ts';

/** What judges mail in this process. */
export interface Scanner {
  readonly engine: Engine;
  readonly raws: RawStore;
  /** Opens the copies of suppliers' bank details. */
  readonly bankDetails: Sealer;
  readonly authenticator: Authenticator;
  readonly antivirus: Antivirus;
  readonly flags: Pick<OurFlags, 'value'>;
}

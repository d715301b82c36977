import type { OurFlags } from '@stockade/feature-flags';
import type { Antivirus } from '../antivirus/index.ts';
import type { Authenticator } from '../authentication/index.ts';
import type { Engine } from '../engine/index.ts';
import type { RawStore } from '../storage/raw-store.ts';

/** What judges mail in this process. */
export interface Scanner {
  readonly engine: Engine;
  readonly raws: RawStore;
  readonly authenticator: Authenticator;
  readonly antivirus: Antivirus;
  readonly flags: Pick<OurFlags, 'value'>;
}

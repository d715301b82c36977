import type { Check } from '@stockade/service-kit';
import type { Antivirus } from './antivirus.ts';

/** How the antivirus daemon answers; mail is scanned without it meanwhile. */
export function antivirusCheck(antivirus: Antivirus): Check {
  const { status, ...details } = antivirus.state();
  return { status: status === 'down' ? 'degraded' : 'ok', details: { daemon: status, ...details } };
}

import type { NetConnectOpts } from 'node:net';

/**
 * Where clamd listens, of `CLAMD_URL`: `unix:///run/clamav/clamd.ctl`, a path, or `tcp://host:port` (3310 by default).
 * Throws on anything else: a misspelt setting must not look like an outage.
 */
export function clamdAddress(url: string): NetConnectOpts {
  if (url.startsWith('/')) return { path: url };
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol === 'unix:' && parsed.pathname.length > 1)
    return { path: decodeURIComponent(parsed.pathname) };
  if (parsed?.protocol === 'tcp:' && parsed.hostname !== '')
    return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || 3_310) };
  throw new Error(`CLAMD_URL is neither unix:///path nor tcp://host:port: ${url}`);
}

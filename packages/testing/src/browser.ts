import { execFileSync } from 'node:child_process';

/** Chromium's command where there is one; its path may be set for machines that name it otherwise. */
export const chromiumPath = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

/**
 * Why tests in a browser cannot run here, or false when they can. With CI=true a missing one is no reason to skip: the
 * test runs and fails.
 */
export function chromiumMissing(): string | false {
  if (process.env.CI === 'true') return false;
  try {
    execFileSync(chromiumPath, ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return `${chromiumPath} is missing: install Chromium, or set CHROMIUM_PATH, to run the tests in a browser`;
  }
}

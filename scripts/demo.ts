// `npm run demo`: tells the story of mail, money and stock against a running Stockade.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { CallFailed } from './demo/http.ts';
import { type Credentials, tellStory } from './demo/story.ts';

const home = resolve(process.env.STOCKADE_HOME ?? join(import.meta.dirname, '..', '.stockade'));
const file = join(home, 'credentials.json');

async function readCredentials(): Promise<Credentials> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    process.stderr.write(
      `There are no credentials at ${file}.\nStart Stockade first: npm start (and give the same STOCKADE_HOME, if you set one).\n`,
    );
    return process.exit(1);
  }
}

let step = 0;
function tell(title: string, ...facts: string[]): void {
  step++;
  process.stdout.write(`\n${styleText(['bold', 'cyan'], `${step}. ${title}`)}\n`);
  for (const fact of facts) process.stdout.write(`   ${styleText('green', '✓')} ${fact}\n`);
}

const credentials = await readCredentials();
process.stdout.write(`${styleText('bold', 'Stockade')} at ${credentials.url}: from the order to the proof\n`);
try {
  const { traceId, order } = await tellStory(credentials, tell);
  process.stdout.write(
    `\n${styleText('bold', 'Done.')} ${order.number} is on hold until a second person releases it.\n`,
  );
  process.stdout.write(
    `The receipt's trace is ${traceId}: with OTEL_EXPORTER_OTLP_ENDPOINT set, look it up in Jaeger.\n`,
  );
} catch (error) {
  const hint =
    error instanceof CallFailed && error.status === 429
      ? 'Wait for the time that Retry-After tells, or raise RATE_LIMIT_AUTH_MAX and RATE_LIMIT_WRITE_MAX for the start.'
      : 'Is Stockade running and ready? Look at its output, then try again.';
  process.stderr.write(`\n${styleText('red', 'The story stopped:')} ${(error as Error).message}\n${hint}\n`);
  process.exitCode = 1;
}

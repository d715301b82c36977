// `npm run audit:verify -- <export> --key <public key>`: whether an export of an audit log is what the log's key signed. It
// needs nothing but the file and the key, and no package but Node's own. Exits with 1 when something is wrong, with 2 when
// it could not be checked.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs, styleText } from 'node:util';
import { type Checkpoint, openCheckpoint } from '../checkpoint.ts';
import { describeKey } from '../export/key.ts';
import type { Problem } from '../export/problem.ts';
import { type Verdict, verifyExport } from '../export/verify.ts';

const usage = `npm run audit:verify -- <export.ndjson> --key <key or file> [--since <checkpoint>]…

<export>  an export in the format ndjson; - reads it from the standard input
--key     the log's public key, name+id+key, or a file with it
--since   a checkpoint that you kept, as text or as the API answers it, or an older export: the log must still be what it
          signed. May be given several times.`;

/** What cannot be checked, in a sentence for who asked. */
class Unusable extends Error {
  override name = 'Unusable';
}

const maxShown = 100;
const number = (value: number) => value.toLocaleString('en');
const say = (text: string) => process.stdout.write(`${text}\n`);

async function readKey(given: string): Promise<string> {
  const text = given.includes('+') ? given : await readFile(given, 'utf8');
  const key = text.trim();
  describeKey(key);
  return key;
}

/** The first line of an older export, or all of a small file. */
async function readHead(file: string): Promise<string> {
  let text = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    text += chunk;
    if (text.startsWith('{"checkpoint":') && text.includes('\n')) return text.slice(0, text.indexOf('\n'));
    if (text.length > 1024 * 1024) throw new Unusable(`${file} is no checkpoint`);
  }
  return text;
}

async function readCheckpoint(file: string, key: string): Promise<Checkpoint> {
  const text = await readHead(file);
  const note = text.trimStart().startsWith('{')
    ? (JSON.parse(text) as { checkpoint?: unknown }).checkpoint
    : text;
  if (typeof note !== 'string') throw new Unusable(`${file} holds no checkpoint`);
  try {
    return openCheckpoint(note, key);
  } catch (error) {
    throw new Unusable(`${file}: ${(error as Error).message}`);
  }
}

function placeOf({ first, last, ids }: Problem): string {
  if (first === null || last === null) return '';
  const named = ids.length > 0 ? ` (${ids.join(', ')})` : '';
  return first === last ? `entry ${first}${named}: ` : `entries ${first} to ${last}${named}: `;
}

const showProblem = (problem: Problem) =>
  say(`${styleText('red', '✗')} ${placeOf(problem)}${styleText('red', problem.kind)}: ${problem.message}`);

/** A line on the terminal that says how far it is, at most ten times a second. */
function progress(): { show(position: number, size: number): void; clear(): void } {
  let shownAt = 0;
  const { stderr } = process;
  return {
    show(position, size) {
      if (!stderr.isTTY || Date.now() - shownAt < 100) return;
      shownAt = Date.now();
      stderr.write(`\r${number(position)} of ${number(size)} entries`);
    },
    clear: () => void (stderr.isTTY && stderr.write('\r\u001b[K')),
  };
}

function summarize(verdict: Verdict): number {
  const { header, entries, withoutContent, leftOut, checkpoints, compared, notCompared, problems } = verdict;
  if (problems > maxShown) say(styleText('red', `… and ${number(problems - maxShown)} more`));
  if (problems > 0) {
    say(styleText('red', `\nNot proven: ${number(problems)} ${problems === 1 ? 'problem' : 'problems'}.`));
    return 1;
  }
  const size = number(header?.size ?? 0);
  if (withoutContent > 0)
    say(
      styleText(
        'yellow',
        `${number(withoutContent)} entries have no content: the log tells that retention removed it.`,
      ),
    );
  if (checkpoints > 0) say(`${number(checkpoints)} earlier checkpoints fit.`);
  if (compared.length > 0)
    say(`It is still the log of your older checkpoints (${compared.map(number).join(', ')}).`);
  if (notCompared.length > 0) {
    say(
      styleText(
        'yellow',
        `This export does not show how large the log was at ${notCompared.map(number).join(', ')}: make a whole one, or one with "since".`,
      ),
    );
    return 2;
  }
  const what = leftOut > 0 ? `in the log of ${size} entries` : 'the whole log';
  say(
    styleText(
      'green',
      `✓ ${number(entries)} ${entries === 1 ? 'entry is' : 'entries are'} proven: ${what} that the key signed.`,
    ),
  );
  return 0;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      since: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0 || values.key === undefined)
    throw new Unusable(usage);
  const key = await readKey(values.key);
  const { origin, id } = describeKey(key);
  const older = await Promise.all(values.since.map((one) => readCheckpoint(one, key)));
  say(`${styleText('bold', origin)}\nKey ${id}`);
  const { show, clear } = progress();
  let shown = 0;
  const verdict = await verifyExport(file === '-' ? process.stdin : createReadStream(file), {
    key,
    older,
    onProgress: show,
    onProblem(problem) {
      clear();
      if (shown++ < maxShown) showProblem(problem);
    },
  });
  clear();
  return summarize(verdict);
}

process.exitCode = await run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 2;
});

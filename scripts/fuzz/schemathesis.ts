import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allOperations } from '@stockade/contracts/operations';

const version = '4.32.0';
const root = resolve(import.meta.dirname, '../..');
const home = join(root, '.tools/schemathesis');

/** Schemathesis in an environment of its own below .tools, installed from PyPI when it is not there. */
function install(): string {
  const program = join(home, 'bin/st');
  const has = existsSync(program) && spawnSync(program, ['--version']).stdout?.includes(version);
  if (has) return program;
  process.stdout.write(`installing Schemathesis ${version} …\n`);
  for (const command of [
    ['python3', '-m', 'venv', home],
    [join(home, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`],
  ]) {
    const [name = '', ...options] = command;
    const { status } = spawnSync(name, options, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`${command.join(' ')} failed: Python 3 with venv and pip is needed`);
  }
  return program;
}

export interface Target {
  url: string;
  /** What goes out as `Authorization: Bearer …`. */
  key: string;
  /** Ids of what the key lives on: nothing may end them while it runs. */
  keyId: string;
  userId: string;
  /** What the tenant has, for hooks.py. */
  known: KnownIds;
}

export interface KnownIds {
  /** By a path of the document, what its parameters may be together. */
  paths: Record<string, Record<string, string>[]>;
  /** By the name of a field, what it may be. */
  fields: Record<string, string[]>;
}

export interface FuzzOptions {
  examples: number;
  /** More of Schemathesis' own options: which operations, where reports go. */
  more: readonly string[];
}

const running = new Set<ChildProcess>();

/** Ends what runs. */
export function stopFuzzing(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** Media types of bodies that Schemathesis does not know itself how to send. */
const mediaTypes = [...new Set(allOperations.flatMap(({ consumes = [] }) => consumes))].filter(
  (type) => type !== 'application/json' && !type.startsWith('text/'),
);

/**
 * Runs Schemathesis over the OpenAPI document and gives what it said, and whether no check failed. One thread each: in
 * Python before 3.12 several at once break each other's parsing of source, which Hypothesis does.
 */
export async function fuzz(
  { url, key, keyId, userId, known }: Target,
  { examples, more }: FuzzOptions,
): Promise<{ passed: boolean; output: string }> {
  const child = spawn(
    install(),
    [
      ...['--no-color', '--config-file', join(import.meta.dirname, 'schemathesis.toml')],
      ...['run', `${url}/openapi.json`, '--header', `Authorization: Bearer ${key}`],
      // Which checks there are says the file: named here they could not be switched off for an operation.
      ...['--max-examples', String(examples), '--workers', '1', ...more],
    ],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'hooks.py'),
        STOCKADE_MEDIA_TYPES: mediaTypes.join(','),
        STOCKADE_OWN_KEY_ID: keyId,
        STOCKADE_OWN_USER_ID: userId,
        STOCKADE_KNOWN_IDS: JSON.stringify(known),
      },
    },
  );
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const [code] = await once(child, 'close');
  running.delete(child);
  return { passed: code === 0, output };
}

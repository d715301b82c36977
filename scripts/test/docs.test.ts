import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

const root = resolve(import.meta.dirname, '../..');

/** What the docs use of jq: a path, `-r` or not. So the lines run where jq is not installed, if slower. */
const jq = `#!${process.execPath}
const path = process.argv.slice(2).filter((word) => word !== '-r')[0];
const file = process.argv.slice(2).filter((word) => word !== '-r')[1];
if (!/^(\\.[a-zA-Z]+|\\[\\d+\\])+$/.test(path)) throw new Error('jq would not take ' + path);
const text = require('node:fs').readFileSync(file ?? 0, 'utf8');
let value = JSON.parse(text);
for (const step of path.match(/[a-zA-Z]+|\\d+/g)) value = value?.[step];
console.log(typeof value === 'string' ? value : JSON.stringify(value ?? null));
`;

const hasJq = spawnSync('jq', ['--version']).status === 0;

interface Expected {
  line: string;
  comment: string;
}

/** The shell blocks of a page as one script. Each line with a comment prints a mark, its output, and is compared. */
function toScript(markdown: string): { script: string; expected: Expected[] } {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] as string);
  const expected: Expected[] = [];
  const lines = blocks.join('\n').split('\n');
  const script = lines.map((line) => {
    const comment = /\s# (\S[^:]*)(:.*)?$/.exec(line)?.[1];
    if (comment === undefined) return line;
    expected.push({ line, comment: comment.trim() });
    return `${line.replace(/\s+# .*$/, '')} | sed 's/^/@@ /'`;
  });
  return { script: `set -euo pipefail\n${script.join('\n')}\n`, expected };
}

// One system for all, as a reader has it who goes from page to page.
const stack = await startStack(t);
// The flags first: their page takes the first user for its reader, and others make more.
for (const page of ['feature-flags', 'warehouse', 'buying', 'mail', 'edge', 'accounts', 'audit-exports'])
  t.test(`docs/${page}.md, from the first line to the last`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'stockade-docs-'));
    t.teardown(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, '.stockade'));
    await mkdir(join(folder, 'bin'));
    await cp(join(stack.home, 'credentials.json'), join(folder, '.stockade/credentials.json'));
    await symlink(join(root, 'packages'), join(folder, 'packages'));
    await symlink(process.execPath, join(folder, 'bin/node'));
    if (!hasJq) {
      await writeFile(join(folder, 'bin/jq'), jq);
      await chmod(join(folder, 'bin/jq'), 0o755);
    }
    const { script, expected } = toScript(await readFile(join(root, `docs/${page}.md`), 'utf8'));
    // The test runner's own options are for tests: each process of a line would load what they name.
    const { NODE_OPTIONS: _, ...env } = process.env;
    const bash = spawn('bash', ['-c', script], {
      cwd: folder,
      env: { ...env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    bash.stdout.on('data', (chunk) => (out += chunk));
    bash.stderr.on('data', (chunk) => (err += chunk));
    const [code] = await once(bash, 'close');
    t.equal(code, 0, err);
    const said = out.split('\n').filter((line) => line.startsWith('@@ '));
    t.equal(said.length, expected.length, 'every line with a comment answered');
    for (const [at, { comment, line }] of expected.entries()) {
      const answer = said[at]?.slice(3) ?? '';
      // A comment of one word or number is the answer; a sentence is for people, and only asks for some answer.
      if (/^[\w.-]+$/.test(comment)) t.equal(answer, comment, line);
      else if (/^\w+,/.test(comment)) t.equal(answer, comment.split(',')[0], line);
      else t.match(answer, /\w/, line);
    }
  });

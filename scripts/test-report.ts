// What tap's report of a run says: how many test cases passed and failed, and what went wrong in those that failed.
import { Parser, type Result } from 'tap-parser';

/** Lines told of one failure: a diff of a large document must not hide the next one. */
const LINES_OF_A_FAILURE = 30;

export interface Report {
  /** Test cases (subtests), and files that broke outside of their cases. */
  passed: number;
  failed: number;
  skipped: number;
  /** One text for each failed assertion: where it is, and what tap says of it. */
  failures: string[];
}

/** Reads a report in TAP 14, as `tap run --output-file` writes it. */
export function readReport(tap: string): Report {
  const report: Report = { passed: 0, failed: 0, skipped: 0, failures: [] };
  let failedInFile = 0;
  let toldOfFile = 0;

  const ended = (result: Result, isFile: boolean): void => {
    if (!result.ok && (!result.closingTestPoint || (isFile && toldOfFile === 0))) {
      report.failures.push(describe(result));
      toldOfFile++;
    }
    if (isFile) {
      if (!result.ok && failedInFile === 0) report.failed++;
      failedInFile = 0;
      toldOfFile = 0;
    } else if (result.skip) report.skipped++;
    else if (result.closingTestPoint && result.ok) report.passed++;
    else if (result.closingTestPoint) {
      report.failed++;
      failedInFile++;
    }
  };
  const follow = (parser: Parser, depth: number): void => {
    parser.on('child', (child: Parser) => follow(child, depth + 1));
    parser.on('assert', (result: Result) => ended(result, depth === 0));
  };
  const parser = new Parser();
  follow(parser, 0);
  parser.end(tap);
  return report;
}

/** What of a failure's diagnosis says nothing of the failure. */
const OF_THE_RUNNER = new Set([
  'at',
  'source',
  'compareOptions',
  'stdio',
  'cwd',
  'command',
  'args',
  'jobId',
  'externalID',
]);

function describe({ fullname, name, diag }: Result): string {
  const { diff, stack, ...rest } = diag ?? {};
  const lines = [fullname.endsWith(name) ? fullname : `${fullname} > ${name}`];
  if (diag?.at) lines.push(`at ${diag.at.fileName}:${diag.at.lineNumber}`);
  if (diff) lines.push(...diff.split('\n'));
  else if (stack) lines.push(...stack.split('\n'));
  for (const [key, value] of Object.entries(rest))
    if (value !== null && !OF_THE_RUNNER.has(key)) lines.push(...`${key}: ${text(value)}`.split('\n'));
  const told = lines.filter((line) => line.trim() !== '');
  const left = told.length - LINES_OF_A_FAILURE;
  if (left > 0) told.splice(LINES_OF_A_FAILURE, left, `… ${left} more lines in .tap/report.tap`);
  return `✗ ${told.join('\n    ')}`;
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

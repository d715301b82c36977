import { styleText } from 'node:util';

export interface Result {
  what: string;
  cells: Record<string, string>;
  /** Undefined: a reference, which has no goal. */
  passed?: boolean | undefined;
  goal?: string | undefined;
}

/** Prints results as a table with a goal and a mark each. */
export function printTable(title: string, columns: readonly string[], results: readonly Result[]): void {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  const widths = columns.map((column) =>
    Math.max(column.length, ...results.map(({ cells }) => (cells[column] ?? '').length)),
  );
  const first = Math.max(...results.map(({ what }) => what.length));
  out(`\n${styleText('bold', title)}`);
  out(
    `  ${''.padEnd(first)}  ${columns.map((column, at) => column.padStart(widths[at] ?? 0)).join('  ')}  goal`,
  );
  for (const { what, cells, passed, goal } of results) {
    const values = columns.map((column, at) => (cells[column] ?? '').padStart(widths[at] ?? 0)).join('  ');
    const mark = passed === undefined ? '' : passed ? styleText('green', ' ✓') : styleText('red', ' ✗');
    out(`  ${what.padEnd(first)}  ${values}  ${goal ?? ''}${mark}`);
  }
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const ms = (value: number): string => `${value.toFixed(1)} ms`;

import { prettyLine } from './pretty.ts';
import type { Progress } from './progress.ts';

const maxLineBytes = 256 * 1024;
const worrying = /"level":"(?:warn|error|fatal)"/;

export interface LogOutput {
  /** What to do with a process's output; lines are put together from chunks. */
  of(name: string): (chunk: Buffer) => void;
  /** From now on every line is shown; during the start-up only what is worrying. */
  showAll(): void;
}

/** Turns the processes' JSON lines into readable ones, each with its process's name. */
export function createLogOutput(progress: Progress): LogOutput {
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  let all = false;

  function show(name: string, line: string): void {
    if (line === '') return;
    const pretty = prettyLine(line, colour);
    if (pretty === undefined) progress.note(`${name}: ${line}`);
    else if (all || worrying.test(line)) progress.note(pretty);
  }

  return {
    showAll: () => {
      all = true;
    },
    of(name) {
      let rest = '';
      return (chunk) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) show(name, line);
        if (rest.length > maxLineBytes) {
          show(name, rest);
          rest = '';
        }
      };
    },
  };
}

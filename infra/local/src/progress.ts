const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows what the start-up is doing: a live line on a terminal, a line a step elsewhere. */
export interface Progress {
  /** Runs one step and shows how long it took, or that it failed. The step may tell how far it is, from 0 to 1. */
  step<T>(title: string, work: (of: (share: number) => void) => Promise<T>): Promise<T>;
  /** A line besides the steps. */
  note(text: string): void;
}

/** `output`: standard output for a person, standard error where standard output carries logs. */
export function createProgress(output: NodeJS.WriteStream): Progress {
  const live = output.isTTY === true;
  const colour = live && !process.env.NO_COLOR;
  const paint = (code: number, text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
  let current: string | undefined;
  let frame = 0;
  let share: number | undefined;

  const percent = () => (share === undefined ? '' : ` ${Math.floor(share * 100)}%`);
  const clear = () => live && current !== undefined && output.write('\r\x1b[2K');
  const draw = () => {
    if (live && current !== undefined)
      output.write(`\r${paint(36, frames[frame % frames.length] ?? '')} ${current} …${percent()}`);
  };
  const line = (text: string) => {
    clear();
    output.write(`${text}\n`);
    draw();
  };

  return {
    note: line,
    async step(title, work) {
      const started = performance.now();
      const seconds = () => paint(2, `${((performance.now() - started) / 1000).toFixed(1)} s`);
      const finish = (mark: string) => {
        clear();
        current = undefined;
        output.write(`${mark} ${title}  ${seconds()}\n`);
      };
      current = title;
      share = undefined;
      draw();
      const timer = live ? setInterval(() => [frame++, draw()], 80) : undefined;
      try {
        const result = await work((now) => {
          share = now;
        });
        finish(paint(32, '✓'));
        return result;
      } catch (error) {
        finish(paint(31, '✗'));
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

const width = 30;
const everyMs = 100;

/** A bar on standard error, where that is a terminal; elsewhere nothing at all. */
export function createProgress(total: number): { step(): void; end(): void } {
  const shown = process.stderr.isTTY === true && total > 1;
  let done = 0;
  let drawnAt = 0;
  const draw = () => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * width);
    process.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`);
    drawnAt = Date.now();
  };
  return {
    step() {
      done++;
      if (shown && Date.now() - drawnAt >= everyMs) draw();
    },
    end() {
      if (!shown) return;
      draw();
      process.stderr.write('\n');
    },
  };
}

/**
 * Undoes PNG's line filters (ISO/IEC 15948, clause 9): each line is a filter type and `rowBytes` bytes.
 * `step`: bytes of a whole pixel, at least 1. A line that is cut off is left out.
 */
export function undoPng(filtered: Buffer, rowBytes: number, step: number): Uint8Array {
  const rows = Math.floor(filtered.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1) + 1;
    const to = row * rowBytes;
    const type = filtered[from - 1] as number;
    out.set(filtered.subarray(from, from + rowBytes), to);
    if (type === 1) addLeft(out, to, rowBytes, step);
    else if (type === 2 && row > 0) addAbove(out, to, rowBytes);
    else if (type === 3) addAverage(out, to, rowBytes, step, row > 0);
    else if (type === 4) row > 0 ? addPaeth(out, to, rowBytes, step) : addLeft(out, to, rowBytes, step);
  }
  return out;
}

function addLeft(out: Uint8Array, to: number, rowBytes: number, step: number): void {
  for (let at = to + step; at < to + rowBytes; at++)
    out[at] = (out[at] as number) + (out[at - step] as number);
}

function addAbove(out: Uint8Array, to: number, rowBytes: number): void {
  for (let at = to; at < to + rowBytes; at++) out[at] = (out[at] as number) + (out[at - rowBytes] as number);
}

function addAverage(out: Uint8Array, to: number, rowBytes: number, step: number, hasAbove: boolean): void {
  for (let at = to; at < to + rowBytes; at++) {
    const left = at - to >= step ? (out[at - step] as number) : 0;
    const above = hasAbove ? (out[at - rowBytes] as number) : 0;
    out[at] = (out[at] as number) + ((left + above) >> 1);
  }
}

/** Alan Paeth's predictor: of left, above and their corner the one next to left + above − corner. */
function addPaeth(out: Uint8Array, to: number, rowBytes: number, step: number): void {
  for (let at = to; at < to + Math.min(step, rowBytes); at++)
    out[at] = (out[at] as number) + (out[at - rowBytes] as number);
  for (let at = to + step; at < to + rowBytes; at++) {
    const left = out[at - step] as number;
    const above = out[at - rowBytes] as number;
    const corner = out[at - rowBytes - step] as number;
    const towardsLeft = Math.abs(above - corner);
    const towardsAbove = Math.abs(left - corner);
    const towardsCorner = Math.abs(left + above - 2 * corner);
    const predicted =
      towardsLeft <= towardsAbove && towardsLeft <= towardsCorner
        ? left
        : towardsAbove <= towardsCorner
          ? above
          : corner;
    out[at] = (out[at] as number) + predicted;
  }
}

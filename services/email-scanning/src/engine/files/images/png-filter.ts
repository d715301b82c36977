/**
 * Undoes PNG's line filters (ISO/IEC 15948, clause 9): each line is a filter type and `rowBytes` bytes.
 * `step`: bytes of a whole pixel, at least 1. A line that is cut off is left out.
 */
export function undoPng(filtered: Buffer, rowBytes: number, step: number): Buffer {
  const rows = Math.floor(filtered.length / (rowBytes + 1));
  const out = Buffer.alloc(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1);
    const type = filtered[from] as number;
    const to = row * rowBytes;
    const up = to - rowBytes;
    if (type === 0 || type > 4) {
      filtered.copy(out, to, from + 1, from + 1 + rowBytes);
      continue;
    }
    for (let x = 0; x < rowBytes; x++) {
      const value = filtered[from + 1 + x] as number;
      const left = x >= step ? (out[to + x - step] as number) : 0;
      const above = row > 0 ? (out[up + x] as number) : 0;
      let predicted = left;
      if (type === 2) predicted = above;
      else if (type === 3) predicted = (left + above) >> 1;
      else if (type === 4) {
        const corner = x >= step && row > 0 ? (out[up + x - step] as number) : 0;
        const towardsLeft = Math.abs(above - corner);
        const towardsAbove = Math.abs(left - corner);
        const towardsCorner = Math.abs(left + above - 2 * corner);
        if (towardsLeft > towardsAbove || towardsLeft > towardsCorner)
          predicted = towardsAbove <= towardsCorner ? above : corner;
      }
      out[to + x] = (value + predicted) & 0xff;
    }
  }
  return out;
}

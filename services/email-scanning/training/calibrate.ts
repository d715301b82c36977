/**
 * Platt's calibration: slope and intercept by Newton's method on the weighted log loss, with his softened targets. Given
 * scores of messages that their model did not see.
 */
export function platt(points: readonly { raw: number; target: 0 | 1; weight: number }[]): {
  slope: number;
  intercept: number;
} {
  const ones = points.filter(({ target }) => target === 1).length;
  const soft = [1 / (points.length - ones + 2), (ones + 1) / (ones + 2)] as const;
  let [slope, intercept] = [1, 0];
  for (let round = 0; round < 50; round++) {
    let [gs, gi, hss, hsi, hii] = [0, 0, 1e-6, 0, 1e-6];
    for (const { raw, target, weight } of points) {
      const p = 1 / (1 + Math.exp(-(slope * raw + intercept)));
      const error = weight * (p - soft[target]);
      const curve = weight * p * (1 - p);
      gs += error * raw;
      gi += error;
      hss += curve * raw * raw;
      hsi += curve * raw;
      hii += curve;
    }
    const determinant = hss * hii - hsi * hsi;
    const ds = (hii * gs - hsi * gi) / determinant;
    const di = (hss * gi - hsi * gs) / determinant;
    slope -= ds;
    intercept -= di;
    if (Math.abs(ds) + Math.abs(di) < 1e-9) break;
  }
  return { slope, intercept };
}

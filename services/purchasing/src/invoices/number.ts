/** A letter run, a digit run, or what stands between them. */
const runs = /(?<letters>\p{L}+)|(?<digits>\p{Nd}+)/gu;

/** What is not seen when a number is read: soft hyphens, zero-width characters, loose accents. */
const invisible = /[\p{Cf}\p{M}]/gu;

/**
 * What a supplier's invoice numbers are compared by, so that the same invoice is refused the second time although it was
 * typed, scanned or spelt in another way:
 *
 * - Unicode's compatibility form (NFKC), upper case, without what is invisible;
 * - separators (spaces, dashes, slashes, dots …) do not count, and digit runs lose their leading zeros;
 * - but where a separator stands between two digit runs, a `-` stays: `1-0` is not `10`, and `12-3` is not `1-23`.
 *
 * `RE-0042/2026`, `re 42 2026` and `ＲＥ42.2026` are `RE42-2026`. A letter is never taken for a digit that looks like it
 * (O and 0): series differ by such letters. Gives '' for a text without a letter or digit.
 */
export function normalizeNumber(number: string): string {
  // Upper case can take a text out of its normal form, so that form is made once more.
  const text = number.normalize('NFKC').toUpperCase().normalize('NFKC').replace(invisible, '');
  let normalized = '';
  let endsInDigit = false;
  for (const { groups } of text.matchAll(runs)) {
    const digits = groups?.digits?.replace(/^0+(?=\p{Nd})/u, '');
    if (digits !== undefined && endsInDigit) normalized += '-';
    normalized += digits ?? groups?.letters;
    endsInDigit = digits !== undefined;
  }
  return normalized;
}

const space = '\u00a0';

/**
 * A decimal with its whole part in groups of three, set apart by spaces that do not break (as ISO 80000-1 has it: commas
 * and points mean different things to different readers), and with at least so many places behind the point. The digits
 * are taken as they are: no float is made of them.
 */
export function formatDecimal(decimal: string, places = 0): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, space);
  const shown = fraction.padEnd(places, '0');
  return shown ? `${grouped}.${shown}` : grouped;
}

export function formatMoney(amount: string, currency: string, places: number): string {
  return `${formatDecimal(amount, places)}${space}${currency}`;
}

/** To the minute, in UTC, and says so. */
export function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Without line breaks and other control characters, which names may hold and lines and headers may not. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

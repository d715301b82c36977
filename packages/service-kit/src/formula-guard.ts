/**
 * Spreadsheets run cells that begin with one of these as formulas. So a text that does gets an apostrophe in front; so
 * does one that has apostrophes before it already, which makes that `unguard` gives back exactly what was guarded.
 * Plain numbers, such as -5, stay numbers.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const number = /^-?\d+(\.\d+)?$/;

export const guard = (text: string): string => (formula.test(text) && !number.test(text) ? `'${text}` : text);

const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/;

export const unguard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);

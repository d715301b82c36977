import type { JsonSchema } from './schema.ts';

/** What callers really send where a code, a number or an id is expected; only what the schema forbids is used. */
const hostile = [
  ...['', ' ', '\t\n', 'x', 'a b', 'NOT_LISTED', 'ünïcode', '😀', '<b>', "' or 1=1 --", '../x', 'null'],
  // Decimals: exponent, 7 places, 15 digits, signs, zeros in front, other notations, no numbers at all.
  ...['1e3', '1.0000001', '100000000000000', '-1', '+1', '01', '.5', '1.', '1,5', '0x10', 'NaN', 'Infinity'],
  'x'.repeat(1_000),
];

const malformed: Record<string, readonly string[]> = {
  uuid: ['x', '01900000-0000-7000-8000-00000000000', '01900000-0000-7000-8000-00000000000g'],
  // No zone, no time, a day, month and hour that do not exist, a leap second, which no Date can hold, and the year 0,
  // which PostgreSQL keeps as 1 BC.
  'date-time': [
    ...['yesterday', '1767225600', '2026-01-01', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z'],
    ...['2026-13-01T00:00:00Z', '2026-01-01T25:00:00Z', '2016-12-31T23:59:60Z', '26-01-01T00:00:00Z'],
    '0000-01-01T00:00:00Z',
  ],
  email: ['x', 'a@', '@b.example', 'a b@c.example', 'a@b@c.example'],
};

const lengthOf = (text: string) => [...text].length;

function accepts(schema: JsonSchema, text: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (schema.const !== undefined) return schema.const === text;
  if (schema.enum) return schema.enum.includes(text);
  if (lengthOf(text) < minLength || lengthOf(text) > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

/** A good value, damaged: what checks that are not anchored or ignore case let through. */
const damaged = (good: string) => [
  ...[`${good}\n`, ` ${good}`, `${good} `, good.slice(0, -1), good.repeat(40)],
  ...[good.toUpperCase(), good.toLowerCase()],
];

/** Texts that the schema does not allow. */
export function badStrings(schema: JsonSchema, good: unknown): string[] {
  const { minLength = 0, maxLength, format } = schema;
  const candidates = [
    ...hostile,
    ...(typeof good === 'string' ? damaged(good) : []),
    ...(minLength > 0 ? ['x'.repeat(minLength - 1)] : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ].filter((text) => !accepts(schema, text));
  return [...new Set([...candidates, ...(format === undefined ? [] : (malformed[format] ?? []))])];
}

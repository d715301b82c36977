import { branchesOf, isNullable, type JsonSchema } from './schema.ts';
import { badStrings } from './strings.ts';

/** A value that has one thing wrong with it, and the JSON pointer to that. */
export interface BadValue {
  what: string;
  value: unknown;
  pointer: string;
}

/** Values of each JSON type, among them what a lenient parser would take for a boolean or a number. */
const typed: readonly [string, unknown][] = [
  ['string', '1'],
  ['string', 'true'],
  ['number', 1.5],
  ['number', 1],
  ['boolean', true],
  ['object', {}],
  ['array', []],
  ['null', null],
];

export const unknownField = 'unexpectedField';

const show = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text;
};

const atRoot = (value: unknown, what = show(value)): BadValue => ({ what, value, pointer: '' });

/** Puts a bad part in its place in a value that is good. */
const within = (
  key: string | number,
  { what, value, pointer }: BadValue,
  put: (part: unknown) => unknown,
) => ({
  what,
  value: put(value),
  pointer: `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}${pointer}`,
});

function wrongTypes(schema: JsonSchema): BadValue[] {
  const right = new Set(branchesOf(schema).map(({ type }) => type));
  if (right.has(undefined)) return [];
  const isRight = (type: string) =>
    right.has(type as never) ||
    (type === 'null' && isNullable(schema)) ||
    (type === 'number' && right.has('integer'));
  return typed.filter(([type]) => !isRight(type)).map(([, value]) => atRoot(value));
}

export function badNumbers({ type, minimum, maximum, ...schema }: JsonSchema): number[] {
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  return [
    ...(type === 'integer' ? [1.5] : []),
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
  ];
}

function badObjects(schema: JsonSchema, given: unknown): BadValue[] {
  // Where the sample shows no object, an empty one does: all errors are told, and only this pointer is looked for.
  const good = (given ?? {}) as Record<string, unknown>;
  const { properties = {}, required = [], patternProperties, additionalProperties = false } = schema;
  const found: BadValue[] = [];
  for (const key of required) {
    const { [key]: _left, ...rest } = good;
    found.push({ what: 'left out', value: rest, pointer: `/${key}` });
  }
  for (const [key, property] of Object.entries(properties)) {
    const put = (part: unknown) => ({ ...good, [key]: part });
    found.push(...badValues(property, good[key]).map((bad) => within(key, bad, put)));
  }
  // An object that does not say whether it takes others is meant not to.
  if (additionalProperties === false && !patternProperties)
    found.push({ what: 'unknown', value: { ...good, [unknownField]: 1 }, pointer: `/${unknownField}` });
  if (schema.minProperties) found.push(atRoot({}));
  return found;
}

function badArrays({ items, minItems = 0, maxItems, uniqueItems }: JsonSchema, given: unknown): BadValue[] {
  const good = (given ?? []) as unknown[];
  const [first = items?.type === 'object' ? {} : '', ...rest] = good;
  const found: BadValue[] = [];
  if (minItems > 0) found.push(atRoot(Array(minItems - 1).fill(first), `${minItems - 1} items`));
  if (maxItems !== undefined) found.push(atRoot(Array(maxItems + 1).fill(first), `${maxItems + 1} items`));
  if (uniqueItems) found.push(atRoot([first, first], 'the same item twice'));
  const put = (part: unknown) => [part, ...rest];
  if (items) found.push(...badValues(items, good[0]).map((bad) => within(0, bad, put)));
  return found;
}

/** Everything that can be wrong with a value of the schema, each at a time, at any depth. */
export function badValues(schema: JsonSchema, good: unknown): BadValue[] {
  const branches = branchesOf(schema);
  const [only] = branches;
  // Of a union, only that none of its types fits: what is bad for one branch may be good for another.
  if (!only || branches.length > 1) return wrongTypes(schema);
  const bad = wrongTypes(schema);
  if (only.type === 'string') bad.push(...badStrings(only, good).map((text) => atRoot(text)));
  if (only.type === 'integer' || only.type === 'number') bad.push(...badNumbers(only).map((n) => atRoot(n)));
  if (only.type === 'object') bad.push(...badObjects(only, good));
  if (only.type === 'array') bad.push(...badArrays(only, good));
  return bad;
}

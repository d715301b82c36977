import { randomBytes } from 'node:crypto';
import type { Operation } from '@stockade/contracts';

/** What of JSON schema the operations' requests use. */
export interface Schema {
  type?: string;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
}

type Described = Operation['body'] | Operation['responses'][number];

/** TypeBox's schemas are plain JSON schema. */
export const toSchema = (schema: Described): Schema => (schema ?? {}) as Schema;

/** What it may be that is not null; of a union the first. */
export const branchOf = (schema: Schema): Schema => {
  const branch = schema.anyOf?.find(({ type }) => type !== 'null');
  return branch ? branchOf(branch) : schema;
};

/** The id to name in a field of that name. */
export type IdOf = (field: string) => string;

const year = new Date().getUTCFullYear();
const byFormat: Record<string, () => string> = {
  'date-time': () => `${year + 1}-03-04T05:06:07Z`,
  date: () => `${year}-01-02`,
  email: () => `sample-${randomBytes(4).toString('hex')}@sample.example`,
  uri: () => 'https://sample.example/',
};

/** Whatever one of these fits is good enough: codes, numbers, addresses and names of several kinds. */
const candidates = () => [
  `S-${randomBytes(4).toString('hex')}`,
  ...['12', '1.5', 'EUR', 'DE89370400440532013000', 'COBADEFFXXX', 'Europe/Berlin', '021000021', '12345678'],
  ...['sample.example', 'https://sample.example/', '192.0.2.1', 'inventory:read', 'sample', 'SAMPLE', 'a'],
  'a'.repeat(64),
];

function text(schema: Schema, field: string, idOf: IdOf): string {
  const { format, pattern, minLength = 0, maxLength = 1_000, examples } = schema;
  if (format === 'uuid') return idOf(field);
  if (/password/i.test(field)) return `Correct-horse-${randomBytes(4).toString('hex')}`;
  const made = format === undefined ? undefined : byFormat[format]?.();
  if (made !== undefined) return made;
  const fits = (one: string) =>
    one.length >= minLength &&
    one.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(one));
  // Whole numbers are good for every unit.
  if (pattern?.includes('[0-9]') && fits('12')) return '12';
  if (typeof examples?.[0] === 'string') return examples[0];
  return candidates().find(fits) ?? 'x'.repeat(Math.max(1, minLength));
}

/** A value that follows the schema, with everything in it that may be there. */
export function sampleOf(given: Schema, field: string, idOf: IdOf): unknown {
  const schema = branchOf(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'string') return text(schema, field, idOf);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'array') return [sampleOf(schema.items ?? {}, field, idOf)];
  const entries = Object.entries(schema.properties ?? {}).filter(
    // An account is named in one of two ways.
    ([name]) => !(schema.properties?.iban && /^(routing|account)Number$/.test(name)),
  );
  return Object.fromEntries(entries.map(([name, property]) => [name, sampleOf(property, name, idOf)]));
}

export interface Field {
  /** The keys and places that lead there. */
  path: readonly (string | number)[];
  name: string;
  schema: Schema;
}

/** All fields of a body at any depth that hold no others. */
export function fieldsOf(given: Schema, path: readonly (string | number)[] = []): Field[] {
  const schema = branchOf(given);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, property]) =>
      fieldsOf(property, [...path, name]),
    );
  if (schema.type === 'array') return fieldsOf(schema.items ?? {}, [...path, 0]);
  const name = path.findLast((step) => typeof step === 'string');
  return name === undefined ? [] : [{ path, name, schema }];
}

/** A copy with another value at that place. */
export function withValue(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  put: unknown,
): unknown {
  if (step === undefined) return put;
  if (Array.isArray(value)) {
    const copy = [...value];
    copy[step as number] = withValue(copy[step as number], rest, put);
    return copy;
  }
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [step]: withValue(object[step], rest, put) };
}

import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';

export type { ErrorObject };

// ajv-formats is CommonJS: its function is the default export's default under some loaders.
const formats =
  (addFormats as unknown as { default?: typeof addFormats.default }).default ?? (addFormats as never);

const rfc3339 = formats.get('date-time') as { validate(text: string): boolean };

/** A leap second is RFC 3339, but no Date: it would fail in the database, where the caller is told nothing of it. */
const isDateTime = (text: string) => rfc3339.validate(text) && !Number.isNaN(Date.parse(text));

function createAjv(options: Pick<Options, 'coerceTypes' | 'useDefaults'>): Ajv {
  // removeAdditional stays off: a field that nobody knows is an error, not something to drop without a word.
  const ajv = new Ajv({
    allErrors: true,
    removeAdditional: false,
    strict: false,
    // TypeBox made them and the compiler checked them: reading the schema of schemas would take 20 ms of each process.
    validateSchema: false,
    meta: false,
    validateFormats: true,
    ...options,
  });
  formats(ajv);
  ajv.addFormat('date-time', isDateTime);
  return ajv;
}

export interface Check<T = unknown> {
  (data: unknown): data is T;
  /** Of the last call; null when there are none. */
  errors?: ErrorObject[] | null;
}

/** Compiles at its first call: a service has some hundred schemas, and starts without waiting for all of them. */
export function lazyCheck<T>(ajv: Ajv, schema: object): Check<T> {
  let compiled: ValidateFunction | undefined;
  const check: Check<T> = (data): data is T => {
    compiled ??= ajv.compile(schema);
    const isValid = compiled(data);
    check.errors = compiled.errors ?? null;
    return isValid;
  };
  return check;
}

const plain = createAjv({});
/** Takes what is there as it is, and fills in defaults. */
export const strict = createAjv({ useDefaults: true });
/** For text: makes numbers and booleans of it where the schema says so, and fills in defaults. */
export const coercing = createAjv({ coerceTypes: true, useDefaults: true });

/** Whether something is of the schema; it is left as it is. */
export const checkOf = <S extends TSchema>(schema: S): Check<Static<S>> => lazyCheck(plain, schema);

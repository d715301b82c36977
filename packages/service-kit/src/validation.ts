import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import { errors, type FieldProblem, type ServiceError } from './errors.ts';

// ajv-formats is CommonJS: its function is the default export's default under some loaders.
const formats =
  (addFormats as unknown as { default?: typeof addFormats.default }).default ?? (addFormats as never);

const rfc3339 = formats.get('date-time') as { validate(text: string): boolean };

/** A leap second is RFC 3339, but no Date: it would fail in the database, where the caller is told nothing of it. */
const isDateTime = (text: string) => rfc3339.validate(text) && !Number.isNaN(Date.parse(text));

function createAjv(coerceTypes: boolean): Ajv {
  // removeAdditional stays off: a field that nobody knows is an error, not something to drop without a word.
  const ajv = new Ajv({
    allErrors: true,
    coerceTypes,
    useDefaults: true,
    removeAdditional: false,
    strict: false,
    validateFormats: true,
  });
  formats(ajv);
  ajv.addFormat('date-time', isDateTime);
  return ajv;
}

interface Check {
  (data: unknown): boolean;
  /** Of the last call; null when there are none. */
  errors?: ErrorObject[] | null;
}

/** Compiles at its first call: a service has some hundred schemas, and starts without waiting for all of them. */
function lazyCheck(ajv: Ajv, schema: object): Check {
  let compiled: ValidateFunction | undefined;
  const check: Check = (data) => {
    compiled ??= ajv.compile(schema);
    const isValid = compiled(data);
    check.errors = compiled.errors ?? null;
    return isValid;
  };
  return check;
}

const strict = createAjv(false);

/** Query strings, path parameters and headers are text and are coerced; bodies are taken as they are. */
export function createSchemaCompiler(): FastifySchemaCompiler<object> {
  const coercing = createAjv(true);
  return ({ schema, httpPart }) => lazyCheck(httpPart === 'body' ? strict : coercing, schema);
}

/** Checks what becomes a body without having come as one, by the very rules of bodies. Gives what is wrong with it. */
export function bodyChecker(schema: object): (body: unknown) => FieldProblem[] {
  const check = lazyCheck(strict, schema);
  return (body) => (check(body) ? [] : (check.errors ?? []).map(describe));
}

const maxProblems = 20;

function describe(error: ErrorObject): FieldProblem {
  const { instancePath, keyword, params } = error;
  if (keyword === 'required')
    return { path: `${instancePath}/${params.missingProperty}`, message: 'is required' };
  if (keyword === 'additionalProperties') {
    return { path: `${instancePath}/${params.additionalProperty}`, message: 'is not a known field' };
  }
  if (keyword === 'enum')
    return {
      path: instancePath,
      message: `must be one of ${(params.allowedValues as unknown[]).join(', ')}`,
    };
  return { path: instancePath, message: error.message ?? 'is not valid' };
}

/** The error that a caller gets for what a schema found in one part of the request. */
export function validationError(found: readonly ErrorObject[], part: string): ServiceError {
  const problems = found.slice(0, maxProblems).map(describe);
  const first = problems[0];
  const where = part === 'querystring' ? 'query' : part;
  const summary = first ? `${where}${first.path} ${first.message}` : `${where} is not valid`;
  return errors.validation(problems, `The request is not valid: ${summary}.`);
}

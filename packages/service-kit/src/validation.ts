import { coercing, type ErrorObject, lazyCheck, strict } from '@stockade/contracts/checks';
import type { FastifySchemaCompiler } from 'fastify';
import { errors, type FieldProblem, type ServiceError } from './errors.ts';

/** Query strings, path parameters and headers are text and are coerced; bodies are taken as they are. */
export const compileSchema: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  lazyCheck(httpPart === 'body' ? strict : coercing, schema);

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

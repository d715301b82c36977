import type { TSchema } from 'typebox';

/** What of JSON schema the contracts use in requests. */
export interface JsonSchema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  minProperties?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
}

/** TypeBox's schemas are plain JSON schema; what its types add is of no use here. */
export const toJsonSchema = (schema: TSchema): JsonSchema => schema as JsonSchema;

const isNull = (schema: JsonSchema) => schema.type === 'null';

export const isNullable = ({ anyOf = [] }: JsonSchema): boolean => anyOf.some(isNull);

/** What a value may be that is not null: more than one schema for a true union. */
export function branchesOf(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ? schema.anyOf.filter((branch) => !isNull(branch)).flatMap(branchesOf) : [schema];
}

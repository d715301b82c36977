import type { TSchema } from 'typebox';
import { ErrorEnvelope } from './errors.ts';
import { isPublic, type Operation, takesKeys } from './operation.ts';
import { allOperations } from './operations.ts';

type Json = Record<string, unknown>;

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body give the first answer again, for 24 hours.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

/** Replaces schemas that have a name by a reference, and collects them. */
function referenced(schema: unknown, components: Map<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => referenced(entry, components));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $id, ...rest } = schema as Json;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, referenced(value, components)]),
  );
  if (typeof $id !== 'string') return inner;
  components.set($id, inner);
  return { $ref: `#/components/schemas/${$id}` };
}

function parametersOf(schema: TSchema | undefined, where: 'path' | 'query' | 'header'): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(property.description ? { description: property.description } : {}),
    schema: property,
  }));
}

function bodyOf({ body, consumes }: Operation): Json | undefined {
  if (consumes) {
    const content = consumes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]);
    return { required: true, content: Object.fromEntries(content) };
  }
  if (!body) return undefined;
  return { required: !('~optional' in body), content: { 'application/json': { schema: body } } };
}

function answersOf({ responses, produces }: Operation): Json {
  const entries = Object.entries(responses).map(([status, schema]) => {
    if (status === '204') return [status, { description: 'Done; there is no body.' }];
    const types = [produces ?? 'application/json'].flat().map((type) => [type, { schema }]);
    return [status, { description: 'Done.', content: Object.fromEntries(types) }];
  });
  const failed = {
    description: 'Refused or failed; the code says why.',
    content: { 'application/json': { schema: ErrorEnvelope } },
  };
  return { ...Object.fromEntries(entries), default: failed };
}

function toOpenApi(operation: Operation): Json {
  const { id, service, summary, description, access, tier, method } = operation;
  // PUT and DELETE take one as well: repeated they do no harm without it.
  const namesKey = takesKeys(operation) && (method === 'POST' || method === 'PATCH');
  const body = bodyOf(operation);
  return {
    operationId: id,
    tags: [service],
    summary,
    ...(description ? { description } : {}),
    parameters: [
      ...parametersOf(operation.params, 'path'),
      ...parametersOf(operation.query, 'query'),
      ...parametersOf(operation.headers, 'header'),
      ...(namesKey ? [idempotencyKey] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: answersOf(operation),
    security: access === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    'x-access': access,
    'x-rate-limit-tier': tier,
  };
}

/** The API as an OpenAPI 3.1 document, made from the schemas that check its calls. */
export function openApiDocument({ version }: { version: string }): Json {
  const components = new Map<string, unknown>();
  const paths: Record<string, Json> = {};
  for (const operation of allOperations) {
    if (!isPublic(operation)) continue;
    const path = operation.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][operation.method.toLowerCase()] = referenced(toOpenApi(operation), components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stockade',
      version,
      description:
        'Inventory, purchasing, scanning of supplier mail and a provable audit trail, for many tenants behind one gateway.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key: stk_live_…, or stk_test_… of a test tenant',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'stockade_session',
          description: 'Changes need x-csrf-token and an allowed Origin besides.',
        },
      },
    },
  };
}

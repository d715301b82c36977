import { type ErrorCode, errorStatus, type Operation } from '@stockade/contracts';
import { isNullable, type JsonSchema, toJsonSchema } from './schema.ts';
import { badStrings } from './strings.ts';
import { badNumbers, badValues, unknownField } from './values.ts';

/** A good request of an operation, in the state in which it is possible. */
export interface Sample {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Who has to call, where not every owner may. */
  personId?: string;
}

export interface BadCase {
  name: string;
  method: Operation['method'];
  url: string;
  /** A text or bytes are sent as they are, all else as JSON; nothing when undefined. */
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
  code: ErrorCode;
  /** The JSON pointer that has to be among `error.details.errors[].path`. */
  path?: string;
}

/** Well formed, and nobody's. */
const nobodysId = '01900000-0000-7000-8000-000000000000';

/** fastify answers longer ones itself, without knowing which parameter it is. */
const longestParam = 100;

type Params = Record<string, string>;

function pathOf({ id, path }: Operation, encoded: Params): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (encoded[name] === undefined) throw new Error(`The sample of ${id} has no parameter ${name}`);
    return encoded[name];
  });
}

const encoded = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, text]) => [name, encodeURIComponent(text)]));

export const idParams = ({ params }: Operation): string[] =>
  Object.entries((params && toJsonSchema(params).properties) ?? {})
    .filter(([, { format }]) => format === 'uuid')
    .map(([name]) => name);

/** The sample's request, as nothing is wrong with it. */
export function goodRequest(operation: Operation, { params = {}, query, body }: Sample) {
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const [mediaType] = operation.consumes ?? [];
  return {
    method: operation.method,
    url: pathOf(operation, encoded(params)) + search,
    body,
    headers: mediaType ? { 'content-type': mediaType } : {},
  };
}

type Make = (name: string, code: ErrorCode, change: Partial<BadCase>) => BadCase;

function paramCases(operation: Operation, { params = {} }: Sample, make: Make): BadCase[] {
  const { properties = {} } = operation.params ? toJsonSchema(operation.params) : {};
  const good = encoded(params);
  return Object.entries(properties).flatMap(([name, schema]) => {
    const withText = (text: string) => pathOf(operation, { ...good, [name]: text });
    const malformed = badStrings(schema, params[name])
      .filter((text) => text !== '')
      .map((text) => {
        const pointer = text.length > longestParam ? {} : { path: `/${name}` };
        const title = `param ${name} = ${JSON.stringify(text.slice(0, 40))}`;
        return make(title, 'VALIDATION_ERROR', { url: withText(encodeURIComponent(text)), ...pointer });
      });
    return [
      ...malformed,
      ...['%00', '%zz', '%ff'].map((text) =>
        make(`param ${name} = ${text}`, 'VALIDATION_ERROR', { url: withText(text) }),
      ),
      ...(schema.format === 'uuid'
        ? [make(`nobody's ${name}`, 'NOT_FOUND', { url: withText(nobodysId) })]
        : []),
    ];
  });
}

/** Query strings are text: what is no number, boolean or allowed text of the parameter. */
function badTexts(name: string, schema: JsonSchema, good: string | undefined): string[] {
  if (name === 'cursor')
    return ['x', Buffer.from('not an id').toString('base64url'), ...badStrings(schema, good)];
  if (schema.type === 'boolean') return ['', 'maybe', '2', 'TRUE'];
  if (schema.type === 'integer' || schema.type === 'number')
    return ['', 'x', 'NaN', '1,5', ...badNumbers(schema).map(String)];
  return schema.type === 'string' ? badStrings(schema, good) : [];
}

function queryCases(operation: Operation, { query = {} }: Sample, path: string, make: Make): BadCase[] {
  const { properties = {} } = operation.query ? toJsonSchema(operation.query) : {};
  const withQuery = (name: string, ...texts: string[]) => {
    const search = new URLSearchParams(query);
    search.delete(name);
    for (const text of texts) search.append(name, text);
    const title = `query ${name} = ${texts.map((text) => JSON.stringify(text.slice(0, 40))).join(', ')}`;
    return make(title, 'VALIDATION_ERROR', { url: `${path}?${search}`, path: `/${name}` });
  };
  return [
    withQuery(unknownField, '1'),
    ...Object.entries(properties).flatMap(([name, schema]) => [
      ...badTexts(name, schema, query[name]).map((text) => withQuery(name, text)),
      withQuery(name, query[name] ?? '1', query[name] ?? '1'),
    ]),
  ];
}

/** Bodies that are no JSON, or JSON that two readers could read in two ways. */
function rawBodyCases(good: unknown, make: Make): BadCase[] {
  const text = JSON.stringify(good ?? {});
  const [key = 'a', value = 1] = Object.entries(good ?? {})[0] ?? [];
  const member = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  const raw = (name: string, body: string | Buffer) => make(name, 'MALFORMED_BODY', { body });
  return [
    raw('body is cut off', text.slice(0, -1)),
    raw('body is a form', 'a=1&b=2'),
    raw('body has a key twice', `{${member},${text === '{}' ? `${member}}` : text.slice(1)}`),
    raw('body has __proto__', `{"__proto__":{}${text === '{}' ? '}' : `,${text.slice(1)}`}`),
    raw('body has a NUL', '{"a":"\\u0000"}'),
    raw('body is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  ];
}

function bodyCases({ body: schema, consumes }: Operation, good: unknown, make: Make): BadCase[] {
  const media = ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'].filter(
    (type) => !consumes?.includes(type),
  );
  const refused = media.map((type) =>
    make(`content type ${type}`, 'UNSUPPORTED_MEDIA_TYPE', {
      body: JSON.stringify(good ?? {}),
      headers: { 'content-type': type },
    }),
  );
  if (consumes) return refused;
  // A call that knows no body takes an empty object at most.
  const known: JsonSchema = schema ? toJsonSchema(schema) : { type: 'object' };
  const mayBeLeftOut = !schema || '~optional' in schema || isNullable(known);
  const invalid = badValues(known, good)
    .filter(({ value }) => value !== null || !mayBeLeftOut)
    .map(({ what, value, pointer }) =>
      make(`body ${pointer} ${what}`, 'VALIDATION_ERROR', {
        body: typeof value === 'string' ? JSON.stringify(value) : value,
        path: pointer,
      }),
    );
  const nothing = mayBeLeftOut ? [] : [make('no body', 'VALIDATION_ERROR', { body: undefined, path: '' })];
  return [...refused, ...rawBodyCases(good, make), ...nothing, ...invalid];
}

/** Everything that can be wrong with a call of the operation, each at a time in a request that is good otherwise. */
export function badCases(operation: Operation, sample: Sample): BadCase[] {
  const good = goodRequest(operation, sample);
  const make: Make = (name, code, change) => ({ ...good, name, code, status: errorStatus[code], ...change });
  const path = good.url.split('?')[0] ?? '';
  const takesBody = operation.method !== 'GET' && operation.method !== 'DELETE';
  return [
    ...paramCases(operation, sample, make),
    ...queryCases(operation, sample, path, make),
    ...(takesBody ? bodyCases(operation, sample.body, make) : []),
  ];
}

import { type Static, type TSchema, Type } from 'typebox';

/** A UUID (v7 where Stockade makes it), lower case. */
export const Id = Type.String({ format: 'uuid', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

/** RFC 3339 in UTC or with an offset, as callers may send it. */
export const Timestamp = Type.String({ format: 'date-time', maxLength: 40 });

/** An unsigned decimal in plain notation: at most 14 digits before and 6 behind the point. Zero is allowed. */
export const Decimal = Type.String({ pattern: '^(0|[1-9][0-9]{0,13})(\\.[0-9]{1,6})?$', examples: ['12.5'] });

/** A decimal above zero. */
export const PositiveDecimal = Type.String({
  pattern: '^(?!0(\\.0{1,6})?$)(0|[1-9][0-9]{0,13})(\\.[0-9]{1,6})?$',
  examples: ['12.5'],
});

/** A decimal that may carry a minus sign. */
export const SignedDecimal = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,13})(\\.[0-9]{1,6})?$',
  examples: ['-2'],
});

/** ISO 4217. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', examples: ['EUR'] });

/** A code that people give to a thing: unique in its tenant and kind. */
export const Code = Type.String({ pattern: '^[A-Za-z0-9._-]{1,32}$' });

/** A name or line of text that is shown to people; not blank. */
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

export const Email = Type.String({ format: 'email', maxLength: 254 });

/** A registrable or deeper DNS name, lower case, without a trailing dot. */
export const DomainName = Type.String({
  pattern: '^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$',
  examples: ['supplier.example'],
});

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** An object that refuses fields it does not name. */
export const Strict = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** One of the given strings, as an `enum`: shorter than a union of constants in OpenAPI and in messages. */
export const OneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** What every stored resource has. `version` is its ETag and grows with each change. */
export const ResourceFields = {
  id: Id,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  version: Type.Integer({ minimum: 1 }),
};

/** Query parameters of every list. */
export const ListFields = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, default: 50, description: 'More than 1000 is taken as 1000.' }),
  ),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
};

/** `{ data, nextCursor }`. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ data: Type.Array(item), nextCursor: Nullable(Type.String()) });

export type { Static, TSchema };

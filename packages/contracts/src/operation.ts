import type { TSchema } from 'typebox';
import type { Access, LimitTier } from './access.ts';
import type { ServiceName } from './principal.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * One call of the API: where it is, who may make it, what goes in and what comes out. The service implements it, the
 * gateway routes and guards it, OpenAPI and the client are made from it.
 */
export interface Operation {
  /** OpenAPI's operationId, camelCase and unique: `createItem`. */
  readonly id: string;
  readonly service: ServiceName | 'gateway';
  readonly method: Method;
  /** With parameters as `:name`: `/v1/inventory/items/:itemId`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly tier: LimitTier;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly headers?: TSchema;
  readonly body?: TSchema;
  /** The media types of a body that is not JSON; the handler gets the bytes. */
  readonly consumes?: readonly string[];
  /** The media type of an answer that is not JSON, or those that it may have. */
  readonly produces?: string | readonly string[];
  /** The greatest body in bytes; 10 MiB unless told. */
  readonly bodyLimit?: number;
  /**
   * A read whose answer the gateway may keep for a moment, until it hears that something has changed: one answer for all of
   * a tenant, or one for each person where it depends on who asks.
   */
  readonly keptFor?: 'tenant' | 'person';
  /** Tells of work, and is none: when there is too much to do it waits. */
  readonly isReport?: true;
  /** Answers that are no errors, by status; every operation may answer an error envelope besides. */
  readonly responses: Readonly<Record<number, TSchema>>;
}

/** Keeps the literal types of an operation's schemas, so that its handler is typed by them. */
export function defineOperation<const O extends Operation>(operation: O): O {
  return operation;
}

/** Whether the outside may know of it: the others are between gateway, services and launcher. */
export const isPublic = ({ access, path }: Operation): boolean =>
  access !== 'internal' && !path.startsWith('/internal/');

/**
 * Whether its services keep the answer to a call with an Idempotency-Key: for a tenant's callers, and none that opens a
 * session. All others pay no heed to the key, and a call that is repeated has its effect again.
 */
export const takesKeys = ({ access, method, path }: Operation): boolean =>
  method !== 'GET' && !['public', 'operator', 'internal'].includes(access) && !path.startsWith('/v1/auth/');

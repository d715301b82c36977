import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifySerializerCompiler } from 'fastify';

/**
 * Fastify's own way from an answer to JSON by its schema, compiled at the first answer: with all of them, and those of
 * HEAD, a service would start half a second of processor time later.
 */
export function createSerializerCompiler(): FastifySerializerCompiler<object> {
  const compile = SerializerSelector()();
  return (route) => {
    let serialize: ((answer: unknown) => string) | undefined;
    return (answer) => {
      serialize ??= compile(route as never);
      return serialize(answer);
    };
  };
}

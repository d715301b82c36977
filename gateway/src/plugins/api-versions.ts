import { ServiceError } from '@stockade/service-kit/errors';
import fp from 'fastify-plugin';

/** Versions of the API that are served. */
const versions = ['v1'] as const;

const version = /^\/(v\d+)(?=[/?]|$)/i;

/** A part of the API that is going away. */
export interface Deprecation {
  /** Where it begins: `/v1/inventory/lots` stands for all below it as well. */
  path: string;
  since: Date;
  /** From when on it may be gone. */
  sunset: Date | null;
  /** What to read about it. */
  link: string | null;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

function dateOf(text: string, entry: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  if (!day.test(text) || Number.isNaN(date.getTime()))
    throw new Error(`DEPRECATIONS: "${text}" in "${entry}" is no date like 2027-01-31`);
  return date;
}

/** Reads DEPRECATIONS: entries of path, date, and if wanted date of the end and link, as in .env.example. */
export function readDeprecations(entries: readonly string[]): Deprecation[] {
  return entries.map((entry) => {
    const [path = '', since = '', ...rest] = entry.split(/\s+/);
    if (!path.startsWith('/v1'))
      throw new Error(`DEPRECATIONS: "${entry}" does not begin with a path below /v1`);
    const link = rest.find((part) => /^https?:\/\//.test(part)) ?? null;
    const end = rest.find((part) => part !== link);
    return { path, since: dateOf(since, entry), sunset: end === undefined ? null : dateOf(end, entry), link };
  });
}

/** The deprecation that a URL falls under, the most exact one. */
export function deprecationOf(url: string, deprecations: readonly Deprecation[]): Deprecation | undefined {
  const path = url.split('?')[0] ?? '';
  return deprecations
    .filter((one) => path === one.path || path.startsWith(`${one.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** Says which versions there are to who asks for another, and tells of what is going away (RFC 9745, RFC 8594). */
export const apiVersions = fp<{ deprecations: readonly Deprecation[] }>(
  async (app, { deprecations }) => {
    app.addHook('onRequest', (request, reply, done) => {
      const asked = version.exec(request.url)?.[1];
      if (asked !== undefined && !(versions as readonly string[]).includes(asked))
        throw new ServiceError(
          'NOT_FOUND',
          `There is no version ${asked} of this API: ${versions.join(', ')} is served.`,
          { versions },
        );
      const deprecation = deprecations.length > 0 ? deprecationOf(request.url, deprecations) : undefined;
      if (!deprecation) return void done();
      reply.header('deprecation', `@${Math.floor(deprecation.since.getTime() / 1_000)}`);
      if (deprecation.sunset) reply.header('sunset', deprecation.sunset.toUTCString());
      if (deprecation.link) reply.header('link', `<${deprecation.link}>; rel="deprecation"`);
      done();
    });
  },
  { name: 'api-versions' },
);

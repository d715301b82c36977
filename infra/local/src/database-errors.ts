import { UserError } from './settings.ts';

const advice: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there. Is the server running, are host and port right?',
  ENOTFOUND: 'its host name is unknown.',
  EAI_AGAIN: 'its host name cannot be resolved now.',
  ETIMEDOUT: 'it does not answer in time.',
  ECONNRESET: 'it closed the connection.',
  '28P01': 'it refuses the password.',
  '28000': 'it refuses this user.',
  '3D000': 'that database does not exist. Create it first.',
  '42501':
    'this user lacks rights: it must be able to create roles (CREATEROLE) and schemas (CREATE on the database).',
  '57P03': 'it is starting up or shutting down.',
  '53300': 'it has no connection left; raise max_connections.',
};

/** Says in a sentence what keeps a database from being used, without its password; other errors stay what they are. */
export function explainDatabaseError(error: unknown, url: string): unknown {
  const { code = '', message } = innermost(error);
  const sentence = advice[code] ?? (/timeout/i.test(message) ? advice.ETIMEDOUT : undefined);
  if (!sentence) return error;
  const { hostname, port, pathname } = new URL(url);
  return new UserError(
    `The database ${pathname.slice(1)} at ${hostname}:${port || 5432} cannot be used: ${sentence}`,
  );
}

/** A host with several addresses fails with one error for each. */
function innermost(error: unknown): { code?: string; message: string } {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first as { code?: string; message: string };
}

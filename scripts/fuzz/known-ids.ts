import { fieldsOf, toSchema } from '../test/owasp/samples.ts';
import { type Ids, tenantOperations } from '../test/owasp/world.ts';
import type { KnownIds } from './schemathesis.ts';

/** The parameters in a path that was made from a template. */
function parametersIn(template: string, path: string): Record<string, string> {
  const values = path.split('/');
  const named = template
    .split('/')
    .flatMap((segment, at) =>
      segment.startsWith(':') ? [[segment.slice(1), values[at] ?? ''] as const] : [],
    );
  return Object.fromEntries(named);
}

/** What the tenant has, by the operations that name it. */
export async function knownIds(ids: Ids): Promise<KnownIds> {
  const known: KnownIds = { paths: {}, fields: {} };
  for (const { path, body, query } of tenantOperations) {
    if (path.includes('/:')) {
      const made = await ids.paths(path);
      known.paths[path.replace(/:(\w+)/g, '{$1}')] = made.map((one) => parametersIn(path, one));
    }
    const fields = [body, query].flatMap((schema) => fieldsOf(toSchema(schema)));
    for (const { name, schema } of fields)
      if (schema.format === 'uuid') known.fields[name] ??= [await ids.of(name)];
  }
  return known;
}

import { LookupError, type RecordType, type Resolver } from '../../src/authentication/index.ts';

/** Records by name and type, as a name server's zone file has them. */
export type Zone = Record<string, Partial<Record<RecordType, unknown[]>>>;

/** A resolver for a zone that the test has made; it counts what it is asked. */
export function zoneResolver(zone: Zone): Resolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    out: false,
    close: () => {},
    async resolve(name, type) {
      asked.push(`${type} ${name}`);
      const records = zone[name.toLowerCase()]?.[type];
      if (!records) throw new LookupError('ENOTFOUND');
      return records;
    },
  };
}

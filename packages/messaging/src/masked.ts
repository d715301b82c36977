import { eventDefinitions } from '@stockade/contracts';
import { eventsOfJob, type JobData } from './job-data.ts';

/** What this needs to know of a JSON schema. */
interface Schema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: readonly Schema[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids, times, decimals and words of a list tell nothing about a person and open nothing. */
function isPlain(value: string, schema: Schema): boolean {
  if (uuid.test(value)) return true;
  if (schema.anyOf) return schema.anyOf.some((one) => isPlain(value, one));
  if (schema.enum) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (schema.type !== 'string') return false;
  const isOfForm = schema.pattern !== undefined && new RegExp(schema.pattern).test(value);
  if (schema.format === 'date-time') return !Number.isNaN(Date.parse(value)) && value.length <= 40;
  return isOfForm && /^-?\d{1,14}(\.\d{1,6})?$/.test(value);
}

/** The schema of a field, whichever of several forms the object has. */
function fieldOf({ properties, anyOf = [] }: Schema, name: string): Schema {
  const found = [properties?.[name], ...anyOf.map((one) => one.properties?.[name])].filter(
    (schema) => schema !== undefined,
  );
  return found.length === 1 ? (found[0] as Schema) : { anyOf: found };
}

const itemOf = ({ items, anyOf = [] }: Schema): Schema =>
  items ?? { anyOf: anyOf.flatMap((one) => (one.items ? [one.items] : [])) };

function masked(value: unknown, schema: Schema): unknown {
  if (typeof value === 'string') return isPlain(value, schema) ? value : '[masked]';
  if (Array.isArray(value)) return value.map((item) => masked(item, itemOf(schema)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, masked(item, fieldOf(schema, name))]),
  );
}

/**
 * An event as an operator may see it: of its payload what identifies things and says how many, by its schema; every other
 * text is masked: names, addresses, bank accounts, mails' subjects, and whatever stands where nothing is known to be.
 */
export function maskedEvent(event: unknown): unknown {
  if (!isObject(event)) return masked(event, {});
  const { payload, ...head } = event;
  const schema = eventDefinitions.get(String(event.type))?.payload ?? {};
  return { ...head, payload: masked(payload, schema as Schema) };
}

/** What a job carries, as an operator may see it. */
export function maskedJob(data: unknown): unknown {
  if (!isObject(data) || !('events' in data || 'packed' in data)) return masked(data, {});
  return { events: eventsOfJob(data as JobData).map(maskedEvent) };
}

import { type FieldProblem, ServiceError } from '@stockade/service-kit';
import { StockRefusal } from '../ledger/refusals.ts';
import type { RowError } from '../tables.ts';

/** Columns hold codes where the API's bodies have ids. */
const columnOf: Record<string, string> = {
  itemId: 'sku',
  siteId: 'site',
  locationId: 'location',
  lotId: 'lot',
  toSiteId: 'toSite',
  toLocationId: 'toLocation',
};

const code = 'must be 1 to 32 letters, digits, dots, hyphens or underscores';
const decimal = 'must be a plain number such as 12.5, with at most 14 digits before and 6 behind the point';

/** What the patterns of the API's schemas ask for, in words. */
const inWords: Record<string, string> = {
  sku: code,
  code,
  unit: code,
  quantity: decimal,
  reorderPoint: decimal,
  reorderQuantity: `${decimal}, above zero`,
  barcode: 'must be 1 to 64 visible ASCII characters without spaces',
};

const isAboutPattern = /^must match pattern/;

/** What is wrong with a field of a body, as a problem of the row's column. */
export function toRowError(line: number, { path, message }: FieldProblem): RowError {
  const field = path.split('/')[1] ?? '';
  const column = columnOf[field] ?? field;
  return {
    line,
    column: column || null,
    message: isAboutPattern.test(message) ? (inWords[column] ?? 'must not be blank') : message,
  };
}

/**
 * What a rule found, as problems of a row; anything but a rule's finding is thrown on. Whoever may read the import
 * reads them, also people who count that stock: figures of it are left out.
 */
export function problemsOf(error: unknown, line: number): RowError[] {
  if (!(error instanceof ServiceError)) throw error;
  const { message, details = {} } = error instanceof StockRefusal ? error.blind : error;
  if (Array.isArray(details.errors))
    return (details.errors as FieldProblem[]).map((problem) => toRowError(line, problem));
  return [toRowError(line, { path: `/${details.field ?? ''}`, message })];
}

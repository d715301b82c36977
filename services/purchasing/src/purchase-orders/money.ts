import { errors } from '@stockade/service-kit';

const known = new Set(Intl.supportedValuesOf('currency'));

export function checkCurrency(currency: string, path = '/currency'): void {
  if (!known.has(currency)) throw errors.validation([{ path, message: 'is not an ISO 4217 currency' }]);
}

/** How many decimals amounts of a currency have (ISO 4217, as ICU knows it): EUR 2, JPY 0, KWD 3. */
export function minorUnits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `each` is counted in whole numbers. */
export function fitsUnit(unit: string, quantity: string): boolean {
  return unit !== 'each' || !/\.0*[1-9]/.test(quantity);
}

/** Amounts have at most 14 digits before the point, everywhere. */
export function checkTotal(total: string): void {
  if (/^\d{15}/.test(total))
    throw errors.validation([{ path: '/lines', message: 'cost more together than an order can hold' }]);
}

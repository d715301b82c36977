/**
 * RFC 8785 (JSON Canonicalization Scheme): members sorted by their UTF-16 code units, no white space, numbers and strings
 * as ECMAScript writes them. Throws a TypeError for what JSON cannot hold: undefined, NaN, infinities, lone surrogates.
 */
export function canonicalize(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('JSON holds no NaN and no infinity');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('JSON text holds no lone surrogate');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON holds no ${typeof value}`);
  const members = value as Record<string, unknown>;
  let text = '';
  // Without a comparer, sort() orders by UTF-16 code units, as the scheme wants it.
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text && ','}${canonicalize(key)}:${canonicalize(member)}`;
  }
  return `{${text}}`;
}

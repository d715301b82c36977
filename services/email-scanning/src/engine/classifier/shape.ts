/** Numbers as a few classes: what counts is about how many, not how many. */
export function bucket(value: number, steps: readonly number[]): number {
  let at = 0;
  while (at < steps.length && value >= (steps[at] ?? 0)) at++;
  return at;
}

export const few = [1, 2, 4, 8, 16] as const;
export const shares = [0.01, 0.05, 0.15, 0.4, 0.8] as const;
export const lengths = [1, 40, 120, 400, 1_200, 4_000, 12_000] as const;

const old = new Set(['com', 'net', 'org']);
/** Endings for examples stand for any: mail that was written for training has them. */
const reserved = new Set(['example', 'test', 'invalid']);
const closed = new Set(['edu', 'gov', 'mil', 'int', 'arpa']);

/** What kind of ending a domain has: anyone's, an institution's, a country's, or one of the many since 2001. */
export function endingClass(domain: string | null): string {
  const ending = domain?.slice(domain.lastIndexOf('.') + 1) ?? '';
  if (ending === '') return 'none';
  if (reserved.has(ending)) return 'com';
  if (old.has(ending)) return ending;
  if (closed.has(ending)) return 'closed';
  if (/^\d+$/.test(ending)) return 'number';
  return ending.length === 2 ? 'country' : 'new';
}

/** How a name looks: words, figures, capitals and signs, not which. */
export function nameShape(name: string): string {
  if (name === '') return 'empty';
  const words = bucket(name.trim().split(/\s+/).length, [2, 3, 4, 6]);
  const figures = /\d/.test(name) ? 'd' : '';
  const address = /@|\.[a-z]{2,}$/i.test(name) ? 'a' : '';
  const signs = /[^\p{L}\p{N}\s.,'’"()@&-]/u.test(name) ? 's' : '';
  const shouting = name.length > 3 && name === name.toUpperCase() && name !== name.toLowerCase() ? 'u' : '';
  const small = name === name.toLowerCase() ? 'l' : '';
  return `${words}${figures}${address}${signs}${shouting}${small}`;
}

/** How the part before the @ looks. */
export function localShape(local: string): string {
  if (/^(no|do)[-_.]?(not)?[-_.]?reply/.test(local)) return 'noreply';
  if (
    /^(info|support|service|security|admin|sales|billing|news|contact|team|notification|alert|help)/.test(
      local,
    )
  )
    return 'role';
  const figures = local.replace(/\D+/g, '').length;
  return `${bucket(local.length, [6, 12, 20])}${bucket(figures, [1, 3, 6])}${/[._-]/.test(local) ? 'p' : ''}`;
}

/** How the name that somebody registered looks. */
export function domainShape(domain: string | null): string {
  if (!domain) return 'none';
  const labels = domain.split('.');
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  const figures = domain.replace(/\D+/g, '').length;
  return `${bucket(labels.length, [3, 4, 5])}${bucket(longest, [8, 14, 22])}${bucket(figures, [1, 4])}${domain.includes('-') ? 'h' : ''}`;
}

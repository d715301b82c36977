const hidden = '…';
/** What a local part without quotes does not have. */
const delimiter = /[\s<>"'(),:;@]/;
/** A domain may be of any script; `[` begins an address of the network. */
const domainStart = /[\p{L}\p{M}\p{N}\p{So}[]/u;

export function shortened(text: string): string {
  const first = text.codePointAt(0);
  return first === undefined ? hidden : `${String.fromCodePoint(first)}${hidden}`;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}

/** The quote that the one at `close` ends, not before `from`; -1 when there is none. */
function openingQuote(text: string, close: number, from: number): number {
  for (let at = close - 1; at >= from; at--) if (text[at] === '"' && !isEscaped(text, at)) return at;
  return -1;
}

function startOfWord(text: string, end: number): number {
  let start = end;
  while (start > 0 && !delimiter.test(text[start - 1] as string)) start--;
  return start;
}

/** Where local parts stand in a text, in their order; a quoted one may have what looks like addresses in it. */
function findLocalParts(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  /** Before it no quoted one begins. */
  let from = 0;
  for (let end = text.indexOf('@'); end >= 0; end = text.indexOf('@', end + 1)) {
    if (!domainStart.test(String.fromCodePoint(text.codePointAt(end + 1) ?? 0))) continue;
    const close = end - 1;
    if (text[close] !== '"') {
      const start = startOfWord(text, end);
      if (start < end) found.push({ start, end });
    } else if (!isEscaped(text, close)) {
      const start = openingQuote(text, close, from);
      from = start < 0 ? close : end;
      if (start < 0) continue;
      while ((found.at(-1)?.start ?? -1) > start) found.pop();
      found.push({ start, end });
    }
  }
  return found;
}

/**
 * Shortens what stands before the @ of each e-mail address, wherever it is in a text. By hand: a regular expression begins
 * anew at each character, which strangers' texts make quadratic. Here nothing is gone through again for the next address.
 */
export function maskAddresses(text: string): string {
  let masked = '';
  let copied = 0;
  for (const { start, end } of findLocalParts(text)) {
    masked += text.slice(copied, start) + shortened(text.slice(start, end).replace(/^"|"$/g, ''));
    copied = end;
  }
  return masked + text.slice(copied);
}

/** What code uses that puts a file or page together in the reader's program instead of being sent openly. */
const tokens = [
  'atob(',
  'new Blob(',
  'msSaveBlob',
  'msSaveOrOpenBlob',
  'createObjectURL',
  'unescape(',
  'decodeURIComponent(',
  'fromCharCode',
  'document.write(',
  'eval(',
  'ActiveXObject',
  'data:text/html',
  'data:application/',
  'location.replace(',
  'location.href',
  'navigator.clipboard',
].map((token) => [token, token.toLowerCase()] as const);

/** The tokens that stand in code or in an address, each once. */
export function smugglingIn(code: string, found: string[]): void {
  const lower = code.toLowerCase();
  for (const [token, wanted] of tokens)
    if (!found.includes(token) && lower.includes(wanted)) found.push(token);
}

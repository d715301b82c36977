/** A URL, domain or mail address that can be shown and copied without leading anywhere: `hxxps://evil[.]example/path`. */
export function defang(url: string): string {
  const shown = url.replace(/[\s\p{Cc}]/gu, '').slice(0, 300);
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)(.*)$/i.exec(shown) ?? [];
  // A redirect holds its target in its query, as an address of its own.
  const inner = rest.replace(/http(?=s?:\/\/)/gi, 'hxxp');
  return `${scheme.replace(/^http/i, 'hxxp')}${host.replaceAll('.', '[.]')}${inner}`;
}

const dotted = /(?:https?:\/\/)?[\p{L}\p{N}@_-]+(?:\.[\p{L}\p{N}@_-]+)+/giu;

/** A short text, such as a display name, of which nothing leads anywhere. */
export function defangText(text: string): string {
  return text
    .slice(0, 200)
    .replace(/\p{Cc}/gu, ' ')
    .replace(dotted, (found) => defang(found));
}

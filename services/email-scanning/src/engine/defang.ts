/** A URL or domain that can be shown and copied without leading anywhere: `hxxps://evil[.]example/path`. */
export function defang(url: string): string {
  const shown = url.replace(/[\s\p{Cc}]/gu, '').slice(0, 300);
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)(.*)$/i.exec(shown) ?? [];
  return `${scheme.replace(/^http/i, 'hxxp')}${host.replaceAll('.', '[.]')}${rest}`;
}

import type { Place } from './facts.ts';

export interface Redirect {
  address: string;
  via: 'redirector' | 'rewriter' | 'parameter';
}

const absolute = /^(https?:)?\/\/[^/?#\s]{3,}/i;
const complete = (value: string) => (value.startsWith('//') ? `https:${value}` : value);

/** Well-known places that send everybody on: which parameter names the target. Hosts as registrable domain, with a path. */
const redirectors: Record<string, { paths: RegExp; parameters: readonly string[] }> = {
  'google.com': {
    paths: /^\/(url|imgres|travel\/clk|pagead\/aclk|aclk|searchviewer|local_url)/,
    parameters: ['q', 'url', 'adurl', 'imgrefurl', 'pcurl'],
  },
  'doubleclick.net': { paths: /^\//, parameters: ['adurl', 'ds_dest_url', 'url'] },
  'googleadservices.com': { paths: /^\//, parameters: ['adurl'] },
  'googlesyndication.com': { paths: /^\//, parameters: ['adurl'] },
  'youtube.com': {
    paths: /^\/(redirect|attribution_link|signin|logout)/,
    parameters: ['q', 'u', 'next', 'continue'],
  },
  'facebook.com': { paths: /^\/(l|flx\/warn)/, parameters: ['u'] },
  'instagram.com': { paths: /^\//, parameters: ['u'] },
  'linkedin.com': { paths: /^\/(redir|safety|slink)/, parameters: ['url', 'redirect'] },
  'vk.com': { paths: /^\/away/, parameters: ['to'] },
  'steamcommunity.com': { paths: /^\/linkfilter/, parameters: ['url', 'u'] },
  'reddit.com': { paths: /^\//, parameters: ['url'] },
  'slack-redir.net': { paths: /^\//, parameters: ['url'] },
  'medium.com': { paths: /^\/r\b/, parameters: ['url'] },
  'bing.com': { paths: /^\/(ck|newtabredir|aclick)/, parameters: ['u', 'url'] },
  'yahoo.com': { paths: /^\//, parameters: ['url', 'RU'] },
  'duckduckgo.com': { paths: /^\/l/, parameters: ['uddg'] },
  'baidu.com': { paths: /^\/link/, parameters: ['url'] },
  'yandex.ru': { paths: /^\/(redir|clck)/, parameters: ['url'] },
  'exit.sc': { paths: /^\//, parameters: ['url'] },
  'umblr.com': { paths: /^\/redirect/, parameters: ['z'] },
};

/** Services that check links when they are clicked, and say where they lead. */
function unwrapped({ url, host, registrable }: Place): string | null {
  if (registrable === 'outlook.com' && host.includes('safelinks.protection'))
    return url.searchParams.get('url');
  if (host === 'urldefense.com')
    return /\/v3\/__(.{5,1900}?)__;/.exec(url.href)?.[1]?.replace(/^(https?:\/)([^/])/, '$1/$2') ?? null;
  if (host === 'urldefense.proofpoint.com') {
    const coded = url.searchParams.get('u');
    if (!coded) return null;
    const address = coded.replaceAll('_', '/').replace(/-([0-9A-F]{2})/gi, '%$1');
    try {
      return decodeURIComponent(address);
    } catch {
      return null;
    }
  }
  if (registrable === 'cudasvc.com') return url.searchParams.get('a');
  return null;
}

/** Bing writes its targets as `a1` and base64. */
function bing(value: string): string {
  return value.startsWith('a1') ? Buffer.from(value.slice(2), 'base64url').toString('latin1') : value;
}

function inPath({ url, host, registrable }: Place): string | null {
  if (registrable === 'google.com' || host === 'cdn.ampproject.org') {
    const amp = /^\/(?:amp|c|v)\/(?:s\/)?([a-z0-9.-]{4,253}\.[a-z]{2,24}(?:\/.*)?)$/i.exec(url.pathname);
    if (amp) return `https://${amp[1]}`;
  }
  // `www-evil--site-example.translate.goog`: a dash of the name is written twice.
  if (registrable === 'translate.goog') {
    const name = host
      .slice(0, -'.translate.goog'.length)
      .replaceAll('--', '\0')
      .replaceAll('-', '.')
      .replaceAll('\0', '-');
    return name.includes('.') ? `https://${name}${url.pathname}` : null;
  }
  return null;
}

/** Where an address sends the reader on, as far as it says so itself. Loads nothing. */
export function redirectTarget(place: Place): Redirect | null {
  const { url, registrable } = place;
  if (!url.search && !url.hash && url.pathname.length < 6 && registrable !== 'translate.goog') return null;
  const rewritten = place.service ? unwrapped(place) : null;
  if (rewritten && absolute.test(rewritten)) return { address: complete(rewritten), via: 'rewriter' };
  const written = inPath(place);
  if (written) return { address: written, via: 'redirector' };
  if (!url.search) return null;
  const known =
    redirectors[
      place.owners.some(({ name }) => name === 'Google')
        ? (registrable ?? '').replace(/^google\..*/, 'google.com')
        : (registrable ?? '')
    ];
  if (known?.paths.test(url.pathname)) {
    for (const parameter of known.parameters) {
      const value = bing(url.searchParams.get(parameter) ?? '');
      if (absolute.test(value)) return { address: complete(value), via: 'redirector' };
    }
  }
  // Cheap first: most queries hold no address.
  if (!/https?(:|%3a)/i.test(url.search)) return null;
  for (const value of url.searchParams.values())
    if (absolute.test(value)) return { address: value, via: 'parameter' };
  return null;
}

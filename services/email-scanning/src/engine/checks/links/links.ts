import { getDomain, parse } from 'tldts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check, Finding, Link } from '../../types.ts';

const web = /^https?:\/\//i;

function hostOf(url: string): string | null {
  try {
    return new URL(url).hostname.toLowerCase();
  } catch {
    return null;
  }
}

/** The domain that a link's text shows, when it shows one and nothing else. */
function shownDomain(text: string): string | null {
  const shown = text.trim();
  if (!/^(https?:\/\/)?[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(shown)) return null;
  return getDomain(shown, { validateHostname: true });
}

function judge({ href, text }: Link): Finding[] {
  if (/^(javascript|data|vbscript):/i.test(href.replace(/[\s\p{Cc}]/gu, ''))) {
    return [
      finding('script-link', 60, 'A link in this mail would run a program instead of opening a page.', {
        link: href.slice(0, 80),
      }),
    ];
  }
  const host = web.test(href) ? hostOf(href) : null;
  if (!host) return [];
  const found: Finding[] = [];
  if (parse(host).isIp)
    found.push(
      finding(
        'ip-address-link',
        30,
        `A link leads to the bare address ${defang(host)}; companies use names.`,
        { link: defang(href) },
      ),
    );
  if (host.split('.').some((label) => label.startsWith('xn--'))) {
    found.push(
      finding(
        'punycode-link',
        20,
        `A link leads to ${defang(host)}, a name with letters of other scripts, which can look like another.`,
        { link: defang(href) },
      ),
    );
  }
  if (/^[^/]*@/.test(href.replace(web, '')))
    found.push(
      finding('userinfo-link', 40, 'A link hides where it leads behind a name before an @ sign.', {
        link: defang(href),
      }),
    );
  const shown = shownDomain(text);
  const real = getDomain(host);
  if (shown && real && shown !== real) {
    found.push(
      finding('link-text-mismatch', 30, `A link shows ${defang(shown)} but leads to ${defang(real)}.`, {
        shown: defang(shown),
        link: defang(href),
      }),
    );
  }
  return found;
}

/** Where links lead, and whether they say so. One finding of each kind is enough. */
export const links: Check = {
  id: 'links',
  techniques: [],
  run({ message }) {
    const byTechnique = new Map<string, Finding>();
    for (const link of message.links)
      for (const found of judge(link))
        if (!byTechnique.has(found.technique)) byTechnique.set(found.technique, found);
    return [...byTechnique.values()];
  },
};

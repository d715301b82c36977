import { finding } from '../../finding.ts';
import type { Check, Finding } from '../../types.ts';
import { linkFacts } from './facts.ts';

const running = /^(javascript|vbscript|data):/;
/** Schemes that open a program or a share, by which passwords are stolen or code is run. */
const opening = /^(file|smb|search-ms|ms-[a-z-]{2,30}|jar|ldap|mhtml|res|shell|webcal-x):|^\\\\[\w.-]/;
const emptyScript = /^javascript:(void\(?0?\)?;?|;|\/\/|#)*$/;

/** Links that open no page, but run something. */
export const scheme: Check = {
  id: 'link-scheme',
  techniques: [
    {
      id: 'script-link',
      title: 'Link that runs a program',
      description:
        'A link runs a script or carries a whole page in itself (javascript:, data:) instead of leading to one.',
      maxScore: 60,
    },
    {
      id: 'file-share-link',
      title: 'Link to a file share or program',
      description:
        'A link opens a file share, a search in one or a program (file:, smb:, search-ms:, ms-…:), which gives passwords away or runs code.',
      maxScore: 50,
    },
  ],
  run(context) {
    const found = new Map<string, Finding>();
    for (const { href } of linkFacts(context).other) {
      const bare = href
        .slice(0, 400)
        .replace(/[\s\p{Cc}]/gu, '')
        .toLowerCase();
      if (running.test(bare) && !bare.startsWith('data:image/')) {
        if (emptyScript.test(bare)) continue;
        found.set(
          'script-link',
          finding('script-link', 60, 'A link in this mail would run a program instead of opening a page.', {
            link: href.slice(0, 80),
          }),
        );
      } else if (opening.test(bare)) {
        // A path on the writer's own disk leads nowhere for others.
        const remote = /^(file:\/\/\/?[a-z]:|file:\/\/\/)/.test(bare) ? 8 : 50;
        found.set(
          'file-share-link',
          finding(
            'file-share-link',
            remote,
            'A link in this mail opens a file share or a program instead of a page.',
            { link: href.slice(0, 80) },
          ),
        );
      }
    }
    return [...found.values()];
  },
};

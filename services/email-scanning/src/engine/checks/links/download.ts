import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { freeHosting } from '../../senders/hosting.ts';
import type { Check } from '../../types.ts';
import { ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';

const program =
  /\.(exe|scr|com|pif|cpl|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|msix|appx|lnk|url|jar|apk|iso|img|vhdx?|one|dll|xll|reg)$/i;
const archive = /\.(zip|rar|7z|cab|ace|arj|gz|tgz|tar|xz|bz2|lzh|z)$/i;

/** A link leads straight to a file that does something. */
export const download: Check = {
  id: 'download-link',
  techniques: [
    {
      id: 'program-link',
      title: 'Link to a program',
      description:
        'A link leads straight to a program, script or disk image on a host that is not the sender’s.',
      maxScore: 40,
    },
    {
      id: 'archive-link',
      title: 'Link to an archive',
      description:
        'A link leads straight to an archive, in which programs are hidden. Technical mail is full of such links: it weighs more from free hosts.',
      maxScore: 18,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      const { pathname, hostname } = target.url;
      if (ofSender(context, target) || target.owners.length > 0) return null;
      const free = freeHosting(hostname, target.registrable, pathname) !== null || target.ip;
      const weak = context.message.list || link.from === 'text';
      // `/` alone ends in no file: `example.com` is no program.
      if (pathname.length > 4 && program.test(pathname) && !/\.(com|js)$/i.test(pathname))
        return finding(
          'program-link',
          weak ? 8 : free ? 40 : 22,
          `A link leads straight to a program at ${defang(target.host)}.`,
          { link: defang(link.href) },
        );
      return archive.test(pathname)
        ? finding(
            'archive-link',
            free && !weak ? 18 : 3,
            `A link leads straight to an archive at ${defang(target.host)}.`,
            { link: defang(link.href) },
          )
        : null;
    });
  },
};

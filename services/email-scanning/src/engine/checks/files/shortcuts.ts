import { defang } from '../../defang.ts';
import { endingOf } from '../../files/endings.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { alsoHas, evidenceOf, type Found, found, placeOf, strongest } from './found.ts';

/** What a shortcut starts when it is after more than a page. */
const command =
  /powershell|cmd(?:\.exe)?\b|mshta|wscript|cscript|rundll32|regsvr32|curl|bitsadmin|\\\\|file:|\.(?:exe|js|vbs|hta|bat|zip|ps1)\b/i;

function score({ attachment, sign }: Found): number {
  if (command.test(sign.detail) && sign.detail !== attachment.filename) return 85;
  const ending = endingOf(sign.path.at(-1) ?? attachment.filename ?? '');
  return ending === 'lnk' ? 78 : ending === 'url' || ending === 'website' || ending === 'webloc' ? 42 : 60;
}

/** Files that do nothing but start or open something else. */
export const shortcuts: Check = {
  id: 'shortcuts',
  techniques: [
    {
      id: 'shortcut-attachment',
      title: 'Shortcut attached',
      description:
        'A shortcut (.lnk, .url, .website, .desktop …), attached or in an archive, starts a program or opens a share.',
      maxScore: 85,
    },
  ],
  run: ({ message }) =>
    strongest(
      found(message, 'shortcut')
        .filter((hit) => !alsoHas(hit, 'double-ending'))
        .map((hit) =>
          finding(
            'shortcut-attachment',
            score(hit),
            `The attachment ${placeOf(hit)} is a shortcut: opening it starts something else.`,
            {
              ...evidenceOf(hit),
              target: defang(hit.sign.detail),
            },
          ),
        ),
    ),
};

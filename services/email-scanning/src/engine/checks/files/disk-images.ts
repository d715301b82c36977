import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { alsoHas, evidenceOf, found, placeOf, strongest } from './found.ts';

/** Images of disks. */
export const diskImages: Check = {
  id: 'disk-images',
  techniques: [
    {
      id: 'disk-image-attachment',
      title: 'Disk image attached',
      description:
        'An image of a disk (.iso, .img, .vhd): Windows opens it like a folder, and what is in it lacks the mark of having come from the internet.',
      maxScore: 65,
    },
  ],
  run: ({ message }) =>
    strongest(
      found(message, 'disk-image')
        .filter((hit) => !alsoHas(hit, 'double-ending'))
        .map((hit) =>
          finding(
            'disk-image-attachment',
            /\.img$/i.test(hit.sign.detail) && hit.attachment.facts.kind !== 'iso' ? 35 : 65,
            `The attachment ${placeOf(hit)} is an image of a disk, which hides where its files come from.`,
            evidenceOf(hit),
          ),
        ),
    ),
};

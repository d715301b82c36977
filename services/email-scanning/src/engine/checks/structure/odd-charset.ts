import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Names of character sets that mail really uses (WHATWG Encoding, and older spellings of them). */
const usual =
  /^(utf-?8|us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|iso[-_ ]?8859[-_]\d{1,2}(-[ei])?|latin-?\d|windows-\d{3,4}|cp-?\d{3,4}|koi8-[ru]|gb_?2312(-80)?|gbk|gb18030|hz-gb-2312|big5(-hkscs)?|euc-(kr|jp|tw)|shift[-_]jis|sjis|iso-2022-(jp|kr|cn)(-\w{1,3})?|ks_c_5601-1987|ksc5601|tis-620|utf-16([bl]e)?|macintosh|x-mac-[a-z-]{3,20}|x-gbk|x-sjis|ibm\d{3}|viscii|armscii-8|default|x-unknown)$/;

/** Character sets by which a text is read otherwise here than there. */
export const oddCharset: Check = {
  id: 'odd-charset',
  techniques: [
    {
      id: 'odd-charset',
      title: 'Odd character set',
      description:
        'The text is in UTF-7, which mail and web have given up because it hides markup from filters, or in a set that nobody knows.',
      maxScore: 30,
      source: 'WHATWG Encoding, security background',
    },
  ],
  run({ message: { charsets } }) {
    const odd = charsets.find((charset) => charset !== '' && !usual.test(charset));
    if (odd === undefined) return [];
    const evidence = { charset: odd };
    if (odd.includes('utf-7'))
      return [
        finding('odd-charset', 30, 'The mail is in UTF-7, in which signs are hidden from filters.', evidence),
      ];
    return [finding('odd-charset', 4, 'The mail names a character set that is not in use.', evidence)];
  },
};

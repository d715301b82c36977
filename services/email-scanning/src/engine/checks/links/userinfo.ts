import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { strongestOver } from './judged.ts';

/** A link that begins with somebody's name before an @ sign. */
export const userinfo: Check = {
  id: 'userinfo-link',
  techniques: [
    {
      id: 'userinfo-link',
      title: 'Link hides its target behind an @',
      description:
        'What stands before an @ sign in a web address is no part of where it leads, but is read as if it were: https://bank.test@evil.test leads to evil.test.',
      maxScore: 50,
      source: 'RFC 3986, section 7.6',
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      const { username, password } = target.url;
      if (!username && !password) return null;
      const asName = username.includes('.') || username.includes('%');
      return finding(
        'userinfo-link',
        asName ? 50 : 25,
        'A link hides where it leads behind a name before an @ sign.',
        { link: defang(link.href) },
      );
    });
  },
};

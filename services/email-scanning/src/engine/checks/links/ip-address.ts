import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { strongestOver } from './judged.ts';

/** Addresses of private networks and one's own machine: technical mail is full of them, and they lead nobody astray. */
const local =
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0|\[(::1?|f[cde])|255\.)/;
/** As a person writes it; programs also read one number, hexadecimal and octal ones. */
const plain = /^(https?:)?\/\/([^/?#]*@)?(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])(?=[:/?#]|$)/i;

/** A link leads to a number instead of a name. */
export const ipAddress: Check = {
  id: 'ip-address-link',
  techniques: [
    {
      id: 'ip-address-link',
      title: 'Link to a bare IP address',
      description:
        'A link leads to an IP address, also one hidden as one decimal, hexadecimal or octal number. Companies use names.',
      maxScore: 55,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target, via }) => {
      if (!target.ip || local.test(target.host)) return null;
      const hidden = via === null && !plain.test(link.href.trim());
      // Who shows the number hides nothing; version numbers are made links, too.
      const shown = link.text.includes(target.host) && target.url.pathname === '/';
      const score = hidden ? 55 : context.message.list || shown ? 10 : 30;
      const how = hidden ? ', written so that it is not seen' : '';
      return finding(
        'ip-address-link',
        score,
        `A link leads to the bare address ${defang(target.host)}${how}; companies use names.`,
        { link: defang(link.href) },
      );
    });
  },
};

import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Addresses that anybody gets in a minute. */
const freeMail = new Set(
  'gmail.com googlemail.com yahoo.com ymail.com outlook.com hotmail.com live.com aol.com gmx.de gmx.net gmx.com web.de mail.com mail.ru yandex.ru yandex.com proton.me protonmail.com icloud.com zoho.com tutanota.com qq.com 163.com'.split(
    ' ',
  ),
);

/** Answers go to another domain than the mail comes from. By itself common (lists do it), so it weighs little. */
export const replyTo: Check = {
  id: 'reply-to-mismatch',
  techniques: [],
  run({ message, sender }) {
    const target = registrable(domainOf(message.replyTo[0]?.address));
    if (!target || !sender.registrable || target === sender.registrable) return [];
    const toFreeMail = freeMail.has(target) && !freeMail.has(sender.registrable);
    const fromSupplier = sender.supplier !== null || sender.impersonated !== null;
    const score = fromSupplier ? 30 : toFreeMail ? 12 : 5;
    const explanation = `Answers to this mail go to ${defang(target)}, not to ${defang(sender.registrable)}, where it says it comes from.`;
    return [
      finding('reply-to-mismatch', score, explanation, {
        replyTo: defang(target),
        from: defang(sender.registrable),
      }),
    ];
  },
};

import { getDomain } from 'tldts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

const typed = new Set(['text', 'email', 'tel', 'file', 'number']);

/** Forms in the mail itself. */
export const forms: Check = {
  id: 'forms',
  techniques: [
    {
      id: 'password-form',
      title: 'Form for a password in the mail',
      description: 'The mail itself holds a form that asks for a password. No honest sender does that.',
      maxScore: 65,
    },
    {
      id: 'foreign-form',
      title: 'Form that sends to somebody else',
      description:
        'The mail itself holds a form with fields to fill in, and sends what is entered to a host that is not the sender’s.',
      maxScore: 30,
    },
  ],
  run({ message, sender }) {
    const written = message.html?.forms ?? [];
    if (written.some(({ inputs }) => inputs.includes('password')))
      return [
        finding(
          'password-form',
          65,
          'The mail itself holds a form that asks for a password. No honest sender does that.',
        ),
      ];
    for (const { action, inputs } of written) {
      // One field is a search, as newsletters have it; more ask for something.
      const fields = inputs.filter((type) => typed.has(type)).length;
      const asks = fields > 1 || inputs.includes('tel') || inputs.includes('file');
      const target = /^\s*https?:/i.test(action) ? getDomain(action.trim()) : null;
      if (!asks || (target && target === sender.registrable)) continue;
      if (!target && !/^\s*https?:/i.test(action)) continue;
      const host = target ?? URL.parse(action)?.hostname ?? '';
      return [
        finding(
          'foreign-form',
          message.list ? 10 : 30,
          `The mail holds a form that sends what is entered to ${defang(host)}.`,
          { action: defang(action) },
        ),
      ];
    }
    return [];
  },
};

import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** The mail is after a password, by itself. */
export const passwordForm: Check = {
  id: 'password-form',
  techniques: [
    {
      id: 'password-form',
      title: 'A form in the mail asks for a password',
      description: 'The HTML of the mail holds a form with a password field. No honest sender does that.',
      maxScore: 60,
    },
  ],
  run({ message }) {
    if (!message.html?.forms.some(({ inputs }) => inputs.includes('password'))) return [];
    const explanation = 'The mail itself holds a form that asks for a password. No honest sender does that.';
    return [finding('password-form', 60, explanation)];
  },
};

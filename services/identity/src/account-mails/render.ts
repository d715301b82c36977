import type { LeasedMail } from './queue.ts';

/** What a mail says, before it is text or HTML. */
interface Letter {
  subject: string;
  paragraphs: string[];
  /** A page and what it is for; the token stands behind `#`, which browsers send to nobody. */
  page?: string;
  after: string[];
}

const unasked = 'If you did not ask for this, you need do nothing: nothing changes unless the link is used.';

function letterOf({ kind, linkEmail, tenantName }: LeasedMail): Letter {
  switch (kind) {
    case 'password-reset':
      return {
        subject: 'Set a new password',
        paragraphs: ['Somebody asked for a new password for your account. To set one, open this link:'],
        page: 'reset-password',
        after: ['The link works once, for 30 minutes.', unasked],
      };
    case 'invitation':
      return {
        subject: `You are invited to ${oneLine(tenantName)}`,
        paragraphs: [`${oneLine(tenantName)} invites you. To choose your password, open this link:`],
        page: 'accept-invitation',
        after: ['The link works once, for 7 days.', 'If you do not know them, you need do nothing.'],
      };
    case 'email-change':
      return {
        subject: 'Confirm your new e-mail address',
        paragraphs: ['To sign in with this address from now on, open this link:'],
        page: 'confirm-email',
        after: ['The link works once, for a day.', unasked],
      };
    case 'email-change-notice':
      return {
        subject: 'Your e-mail address is about to change',
        paragraphs: [
          `Somebody who knows your password asked to change your account's address to ${linkEmail}.`,
          'If that was not you, change your password now: that makes the link which was sent there useless.',
        ],
        after: [],
      };
    default:
      throw new Error(`A mail of an unknown kind: ${kind satisfies never}`);
  }
}

/** Without line breaks and other control characters, which names may hold and headers may not. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Subject, text and HTML of a mail; `link` makes a page's URL, with the token. */
export function renderMail(
  mail: LeasedMail,
  link: (page: string) => string,
): { subject: string; text: string; html: string } {
  const { subject, paragraphs, page, after } = letterOf(mail);
  const url = page === undefined ? [] : [link(page)];
  const asHtml = (texts: string[]) => texts.map((text) => `<p>${escapeHtml(text)}</p>`);
  const body = [
    ...asHtml(paragraphs),
    ...url.map((one) => `<p><a href="${escapeHtml(one)}">${escapeHtml(one)}</a></p>`),
    ...asHtml(after),
  ].join('\n');
  return {
    subject,
    text: `${[...paragraphs, ...url, ...after].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:sans-serif;font-size:14px;color:#222">
${body}
</body>
</html>
`,
  };
}

import { hash } from 'node:crypto';
import { acceptInvitation, confirmEmailChange, confirmPasswordReset } from '@stockade/contracts/identity';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { countAddress, type Guard } from '../auth/guard.ts';

interface Page {
  /** Behind `/account/`: links in mails name it. */
  name: string;
  title: string;
  button: string;
  done: string;
  asksPassword: boolean;
  path: string;
}

const pages: readonly Page[] = [
  {
    name: 'reset-password',
    title: 'Set a new password',
    button: 'Set the password',
    done: 'Your new password is set. Sign in with it.',
    asksPassword: true,
    path: confirmPasswordReset.path,
  },
  {
    name: 'accept-invitation',
    title: 'Choose your password',
    button: 'Accept the invitation',
    done: 'Welcome. Sign in with your e-mail address and this password.',
    asksPassword: true,
    path: acceptInvitation.path,
  },
  {
    name: 'confirm-email',
    title: 'Confirm your new e-mail address',
    button: 'Confirm',
    done: 'Your e-mail address is changed. Sign in with the new one.',
    asksPassword: false,
    path: confirmEmailChange.path,
  },
];

const style = `body{font:16px/1.5 sans-serif;color:#222;max-width:26rem;margin:4rem auto;padding:0 1rem}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit;margin:.5rem 0}
input,button{padding:.5rem}`;

/** Nothing happens before the button is pressed: programs that look into mail follow links too, and would use them up. */
const script = `const form = document.forms[0];
const said = document.querySelector('[role=status]');
const token = new URLSearchParams(location.hash.slice(1)).get('token') || '';
history.replaceState(null, '', location.pathname);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  said.textContent = '';
  try {
    const body = { token };
    if (form.elements.password) body.password = form.elements.password.value;
    const answer = await fetch(form.dataset.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) form.replaceChildren();
    said.textContent = answer.ok ? form.dataset.done : (await answer.json()).error.message;
  } catch {
    said.textContent = 'Stockade cannot be reached right now: try again shortly.';
  }
  button.disabled = false;
});`;

const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;

/** These two pieces alone, and calls of this host: what else might get into the page does not run. */
const policy = [
  "default-src 'none'",
  `script-src ${source(script)}`,
  `style-src ${source(style)}`,
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const passwordField = `<label for="password">Password, at least 12 characters, of three kinds: lower case, upper case, digits, others</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="128" required>`;

/** The call's path is relative: Stockade may stand below a path of its host. */
const htmlOf = ({ title, button, done, asksPassword, path }: Page) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<form data-path="..${path}" data-done="${done}">
${asksPassword ? passwordField : ''}
<button>${button}</button>
</form>
<p role="status"></p>
<script>${script}</script>
</body>
</html>
`;

/** The pages that links in mails lead to, for who has no front end that has them (identity's PUBLIC_URL). */
export function addAccountPages(app: FastifyInstance, guard: Pick<Guard, 'limits'>): void {
  const onRequest: onRequestAsyncHookHandler = (request, reply) => countAddress(guard, request, reply);
  for (const page of pages) {
    const html = htmlOf(page);
    app.get(`/account/${page.name}`, { onRequest }, async (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('referrer-policy', 'no-referrer')
        .type('text/html; charset=utf-8')
        .send(html),
    );
  }
}

import { createHash } from 'node:crypto';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { startGateway } from './setup.ts';

t.test('the pages that mails lead to', async (t) => {
  const { url } = await startGateway(t);
  for (const [name, hasPassword] of [
    ['reset-password', true],
    ['accept-invitation', true],
    ['confirm-email', false],
  ] as const) {
    t.test(name, async (t) => {
      const answer = await fetch(`${url}/account/${name}`);
      const html = await answer.text();
      t.equal(answer.status, 200);
      t.match(answer.headers.get('content-type'), 'text/html');
      t.equal(answer.headers.get('referrer-policy'), 'no-referrer');
      t.equal(answer.headers.get('x-frame-options'), 'DENY');
      const policy = answer.headers.get('content-security-policy') ?? '';
      t.notMatch(policy, 'unsafe');
      for (const tag of ['script', 'style']) {
        const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? '';
        const source = createHash('sha256').update(text).digest('base64');
        t.match(policy, `${tag}-src 'sha256-${source}'`, `the ${tag} in the page may run`);
      }
      t.equal(html.includes('type="password"'), hasPassword);
      const path = /data-path="([^"]+)"/.exec(html)?.[1] ?? '';
      const called = new URL(path, answer.url).pathname;
      const operation = allOperations.find((one) => one.path === called && one.method === 'POST');
      t.match(operation, { access: 'public', tier: 'AUTH' }, 'the page calls an operation');
    });
  }
  t.equal((await fetch(`${url}/account/other`)).status, 404);
  t.equal((await fetch(`${url}/account/reset-password`, { method: 'POST' })).status, 404);
});

import t from 'tap';
import { faulty } from './faulty.ts';
import { signatureOfNow, startGateway } from './setup.ts';

const id = '018f0000-0000-7000-8000-000000000001';
const user = {
  ...{ type: 'user', id, name: 'Ann', tenantId: id, personId: id },
  ...{ role: 'owner', scopes: ['inventory:write', 'mail:approve'] },
};
const operator = { ...user, type: 'operator', tenantId: null, role: null, scopes: [] };

t.test('a key goes on, and makes a call come again, only where answers are kept for it', async (t) => {
  const seen: string[] = [];
  let principal: object = user;
  const service = await faulty(t, (request, response) => {
    if (request.url === '/internal/authenticate')
      return void response.end(JSON.stringify({ principal, planFactor: 1 }));
    seen.push(String(request.headers['idempotency-key']));
    request.socket.destroy();
  });
  const { url } = await startGateway(t, {
    ...{ IDENTITY_URL: service, INVENTORY_URL: service, EMAIL_SCANNING_URL: service },
    RETRY_BUDGET_PERCENT: '100',
  });
  const send = async (method: string, path: string, name: string) => {
    seen.length = 0;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${name}`,
        'content-type': 'application/json',
        'idempotency-key': 'k',
        'x-stockade-signature': signatureOfNow(),
      },
      body: '{}',
    });
    t.equal(answer.status, 503, path);
    return seen;
  };
  t.strictSame(await send('POST', '/v1/inventory/sites', 'ann'), ['k', 'k', 'k']);
  t.strictSame(
    await send('DELETE', `/v1/mail/lists/${id}`, 'ann'),
    ['k', 'k', 'k'],
    'answers are kept for it',
  );
  t.strictSame(await send('POST', '/v1/auth/password', 'ann'), ['undefined']);
  t.strictSame(await send('POST', '/v1/auth/login', 'ann'), ['undefined']);
  t.strictSame(await send('POST', `/v1/mail/inbound/${id}`, 'ann'), ['undefined']);
  principal = operator;
  t.strictSame(await send('POST', '/v1/admin/tenants', 'operator'), ['undefined']);
});

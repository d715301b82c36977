// The story's calls under load: master data, orders, mail and its verdict, receipts, ledger, audit.
// Run by run.ts, which starts a Stockade and gives its address and keys.
import { check, fail } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Rate, Trend } from 'k6/metrics';

const url = __ENV.STOCKADE_URL;
const seconds = Number(__ENV.DURATION_SECONDS || 20);
// A short run says whether it works; its machine is shared and its code is cold, so its times are only to be of the right size.
const slack = __ENV.SHORT === 'true' ? 3 : 1;
const serverErrors = new Rate('server_errors');
const verdictTime = new Trend('mail_verdict_ms', true);

export const options = {
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    warehouse: { executor: 'constant-vus', vus: 4, duration: `${seconds}s`, exec: 'warehouse' },
    purchasing: { executor: 'constant-vus', vus: 2, duration: `${seconds}s`, exec: 'purchasing' },
    mail: { executor: 'constant-vus', vus: 2, duration: `${seconds}s`, exec: 'mail' },
    reading: { executor: 'constant-vus', vus: 2, duration: `${seconds}s`, exec: 'reading' },
  },
  thresholds: {
    checks: ['rate>0.999'],
    server_errors: ['rate==0'],
    'http_req_duration{kind:read}': [`p(95)<${250 * slack}`],
    'http_req_duration{kind:write}': [`p(95)<${500 * slack}`],
    mail_verdict_ms: [`p(95)<${2000 * slack}`],
  },
};

const key = { authorization: `Bearer ${__ENV.STOCKADE_API_KEY}` };
const json = { 'content-type': 'application/json' };

function call(method, path, body, headers, kind) {
  const answer = http.request(method, `${url}${path}`, body === undefined ? null : JSON.stringify(body), {
    headers: { ...key, ...(body === undefined ? {} : json), ...headers },
    tags: { kind, name: `${method} ${path.replace(/[0-9a-f-]{36}/g, ':id').split('?')[0]}` },
  });
  serverErrors.add(answer.status >= 500);
  return answer;
}

function post(path, body, headers) {
  const answer = call('POST', path, body, headers, 'write');
  check(answer, { 'a change is accepted': (a) => a.status === 200 || a.status === 201 || a.status === 202 });
  return answer.json();
}

function get(path) {
  const answer = call('GET', path, undefined, {}, 'read');
  check(answer, { 'a read is answered': (a) => a.status === 200 });
  return answer.json();
}

function signIn(email, password) {
  const answer = http.post(`${url}/v1/auth/login`, JSON.stringify({ email, password }), { headers: json });
  if (answer.status !== 200) fail(`sign-in answered ${answer.status}: ${answer.body}`);
  const cookie = `stockade_session=${answer.cookies.stockade_session[0].value}`;
  return { cookie, 'x-csrf-token': answer.json('csrfToken'), origin: url, authorization: '' };
}

/** A colleague who approves what the key's owner orders, a site, an item and a supplier with a verified account. */
export function setup() {
  const run = `${Date.now().toString(36)}`;
  const colleague = { email: `load-${run}@demo.example`, password: `Second-pair-of-eyes-${run}` };
  post('/v1/identity/users', { ...colleague, name: 'Load Approver', role: 'manager' });
  const approver = signIn(colleague.email, colleague.password);
  const site = post('/v1/inventory/sites', { code: `LOAD-${run}`, name: 'Load site' });
  const item = post('/v1/inventory/items', { sku: `LOAD-${run}`, name: 'Load item', unit: 'each' });
  post('/v1/inventory/movements', { type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '100000' });
  const domain = `load-supplier-${run}.example`;
  const supplier = post('/v1/purchasing/suppliers', {
    code: `LOAD-${run}`,
    name: `Load supplier ${run}`,
    mailDomains: [domain],
  });
  const accounts = `/v1/purchasing/suppliers/${supplier.id}/bank-accounts`;
  const account = post(accounts, { holder: supplier.name, iban: 'DE89370400440532013000' });
  withSession(approver, `${accounts}/${account.id}/verify`);
  const order = approvedOrder({ site, item, supplier, approver });
  return { approver, site, item, supplier, domain, order };
}

/** A change by the approver's session; k6's cookie jar must not mix in. */
function withSession(session, path) {
  const { authorization: _, ...headers } = session;
  const answer = http.post(`${url}${path}`, null, { headers, jar: null, tags: { kind: 'write' } });
  serverErrors.add(answer.status >= 500);
  check(answer, { 'an approval is accepted': (a) => a.status === 200 });
  return answer.json();
}

function approvedOrder({ site, item, supplier, approver }) {
  const lines = [{ itemId: item.id, quantity: '10', unitPrice: '12.50' }];
  const order = post('/v1/purchasing/purchase-orders', {
    supplierId: supplier.id,
    siteId: site.id,
    currency: 'EUR',
    lines,
  });
  post(`/v1/purchasing/purchase-orders/${order.id}/submit`);
  return withSession(approver, `/v1/purchasing/purchase-orders/${order.id}/approve`);
}

export function warehouse({ site, item }) {
  const type = exec.scenario.iterationInTest % 2 === 0 ? 'ISSUE' : 'RECEIVE';
  const headers = { 'idempotency-key': `${exec.vu.idInTest}-${exec.scenario.iterationInTest}-${Date.now()}` };
  post('/v1/inventory/movements', { type, itemId: item.id, siteId: site.id, quantity: '1' }, headers);
}

export function purchasing(data) {
  const order = approvedOrder(data);
  post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, {
    lines: [{ lineId: order.lines[0].id, quantity: '4' }],
  });
}

export function mail({ domain, order }) {
  const id = `${exec.vu.idInTest}.${exec.scenario.iterationInTest}.${Date.now()}@${domain}`;
  const raw = [
    `From: Accounts <accounts@${domain}>`,
    'To: buying@demo.example',
    `Subject: Invoice for ${order.number}`,
    `Message-ID: <${id}>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Dear colleagues, please find the invoice for ${order.number}. Our account is DE89370400440532013000 as always.`,
    '',
  ].join('\r\n');
  const started = Date.now();
  const answer = http.post(`${url}/v1/mail/messages?wait=10000`, raw, {
    headers: { ...key, 'content-type': 'message/rfc822' },
    tags: { kind: 'mail', name: 'POST /v1/mail/messages' },
  });
  serverErrors.add(answer.status >= 500);
  verdictTime.add(Date.now() - started);
  check(answer, {
    'a supplier mail is found clean': (a) => a.status === 200 && a.json('verdict') === 'clean',
  });
}

export function reading({ item, site, order }) {
  get(`/v1/inventory/balances?itemId=${item.id}&siteId=${site.id}`);
  get('/v1/inventory/items?limit=20');
  get(`/v1/purchasing/purchase-orders/${order.id}`);
  get('/v1/mail/messages?limit=20');
  get('/v1/audit/entries?limit=20');
}

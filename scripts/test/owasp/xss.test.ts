import t from 'tap';
import { request, startPlatform } from './platform.ts';
import { fieldsOf, toSchema } from './samples.ts';
import { tenantOperations } from './world.ts';

const { url, key, owner } = await startPlatform(t);
const scripts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(1)//",
  'javascript:alert(1)',
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '\u2028alert(1)',
];

/** What a browser could take for a page: any answer of another type than the three that we give. */
function complaintOf(what: string, { headers, text, status }: Awaited<ReturnType<typeof request>>): string[] {
  const type = headers.get('content-type') ?? '';
  return [
    ...(text && !/^(application\/json|text\/csv|message\/rfc822)/.test(type)
      ? [`${what}: ${status} as ${type}`]
      : []),
    ...(headers.get('x-content-type-options') === 'nosniff' ? [] : [`${what}: may be sniffed`]),
    ...(/default-src 'none'/.test(headers.get('content-security-policy') ?? '')
      ? []
      : [`${what}: has no policy`]),
  ];
}

t.test('reflected: in every parameter, path and header that an answer may tell again', async (t) => {
  const wrong: string[] = [];
  for (const { id, method, path, query } of tenantOperations.filter((one) => one.method === 'GET')) {
    for (const script of scripts.slice(0, 3)) {
      const inPath = path.replaceAll(/:\w+/g, encodeURIComponent(script));
      for (const name of [...Object.keys(toSchema(query).properties ?? {}), script]) {
        const asked = `${url}${inPath}?${new URLSearchParams({ [name]: script })}`;
        wrong.push(...complaintOf(id, await request(asked, method, key)));
      }
    }
  }
  for (const script of scripts) {
    const odd = await request(`${url}/${encodeURIComponent(script)}`, 'GET', {
      'x-request-id': encodeURI(script),
      referer: encodeURI(script),
      accept: 'text/html',
    });
    wrong.push(...complaintOf('a path that is none', odd));
    t.not(odd.headers.get('x-request-id'), encodeURI(script));
  }
  t.strictSame(wrong, []);
});

t.test('reflected: the explorer is the only page, and takes nothing from who calls it', async (t) => {
  const plain = await request(`${url}/docs/`, 'GET');
  for (const script of scripts)
    for (const path of [
      `/docs/?${new URLSearchParams({ url: script })}`,
      `/docs/?x=${encodeURIComponent(script)}`,
      `/docs/?url=https://evil.example/openapi.json`,
    ]) {
      const page = await request(`${url}${path}`, 'GET', { referer: 'https://evil.example/' });
      t.notOk(page.text.includes(script) && !plain.text.includes(script), path);
      t.notOk(page.text.includes('evil.example'), path);
    }
  const policy = plain.headers.get('content-security-policy') ?? '';
  t.match(policy, /default-src 'none'/);
  t.match(policy, /frame-ancestors 'none'/);
  t.match(policy, /base-uri 'none'/);
  t.notMatch(policy, /https?:|\*|unsafe-eval/, 'nothing comes from elsewhere');
});

t.test('stored: texts come back as data, never as a page', async (t) => {
  const create = tenantOperations.filter(({ id }) =>
    ['createSite', 'createItem', 'createSupplier', 'createApiKey', 'createUser'].includes(id),
  );
  t.equal(create.length, 5);
  for (const operation of create) {
    for (const script of scripts.slice(0, 2)) {
      const required = fieldsOf(toSchema(operation.body));
      t.ok(required.some(({ name }) => name === 'name'));
      const tag = Math.random().toString(36).slice(2, 9);
      const bodies: Record<string, object> = {
        createSite: { code: `X${tag}` },
        createItem: { sku: `X${tag}`, unit: 'each' },
        createSupplier: { code: `X${tag}`, mailDomains: [] },
        createApiKey: { scopes: ['inventory:read'] },
        createUser: { email: `x${tag}@xss.example`, role: 'viewer' },
      };
      const made = await owner.post(operation.path, { ...bodies[operation.id], name: script });
      const read = await request(`${url}${operation.path}/${made.id}`, 'GET', {
        ...key,
        accept: 'text/html',
      });
      t.equal(read.status, 200);
      t.equal(read.body.name, script, 'as it was');
      t.strictSame(complaintOf(operation.id, read), []);
    }
  }
});

t.test('stored: what a hostile mail brings is text in JSON; the raw mail is no page', async (t) => {
  const mail = [
    ...[
      'From: "<script>alert(1)</script>" <a@far.example>',
      'To: b@demo.example',
      `Subject: <img src=x onerror=alert(1)> ${Date.now()}`,
    ],
    ...[
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<html><body><script>alert(document.cookie)</script></body></html>',
      '',
    ],
  ].join('\r\n');
  const sent = await owner.post('/v1/mail/messages?wait=10000', mail, { 'content-type': 'message/rfc822' });
  for (const path of [`/v1/mail/messages/${sent.id}`, '/v1/mail/messages']) {
    const read = await request(`${url}${path}`, 'GET', { ...key, accept: 'text/html' });
    t.equal(read.status, 200);
    t.strictSame(complaintOf(path, read), []);
  }
  const raw = await request(`${url}/v1/mail/messages/${sent.id}/raw`, 'GET', { ...key, accept: 'text/html' });
  t.equal(raw.status, 200);
  t.match(raw.headers.get('content-type'), /^message\/rfc822/);
  t.match(raw.headers.get('content-disposition'), /^attachment/, 'it is saved, not shown');
  t.equal(raw.headers.get('x-content-type-options'), 'nosniff');
  t.match(raw.headers.get('content-security-policy'), /default-src 'none'/);
});

t.test('stored: an export is a file', async (t) => {
  const made = await owner.post('/v1/inventory/exports', { kind: 'items' });
  for (let at = 0; at < 100; at++) {
    const content = await request(`${url}/v1/inventory/exports/${made.id}/content`, 'GET', key);
    if (content.status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    t.match(content.headers.get('content-type'), /^text\/csv/);
    t.match(content.headers.get('content-disposition'), /^attachment/);
    t.equal(content.headers.get('x-content-type-options'), 'nosniff');
    return;
  }
  t.fail('the export did not come');
});

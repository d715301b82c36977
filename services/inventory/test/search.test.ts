import t from 'tap';
import { freshCode, makeItem, startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const stranger = service.as('owner', { tenantId: unknownId });

const ask = (query: Record<string, string>, caller = owner) =>
  caller.get(`/v1/inventory/items?${new URLSearchParams(query)}`);

/** The SKUs that a search finds, newest first. */
async function found(search: string, query: Record<string, string> = {}, caller = owner): Promise<string[]> {
  const { status, body } = await ask({ search, ...query }, caller);
  if (status !== 200) throw new Error(`The search for ${search} was answered ${status}`);
  return body.data.map((item: { sku: string }) => item.sku);
}

t.test('any part of SKU, name and barcode finds an item', async (t) => {
  await makeItem(owner, { sku: 'BRK-4711-X', name: 'Angle bracket, zinc', barcode: '4006381333931' });
  await makeItem(owner, { sku: 'OTHER-1', name: 'Washer' });
  for (const part of [
    ...['BRK-4711-X', 'BRK', '4711', '-X', 'Angle', 'bracket, z', 'zinc', 'gle br', '4006381333931', '8133'],
  ])
    t.strictSame(await found(part), ['BRK-4711-X'], part);
  for (const part of ['BRK-4712', 'brass', '00063', 'Angle  bracket'])
    t.strictSame(await found(part), [], part);
});

t.test('capitals and small letters are the same', async (t) => {
  await makeItem(owner, { sku: 'Mixed-Case', name: 'Größe ÄÖÜ Écrou', barcode: 'aBc-9' });
  for (const part of ['mixed', 'MIXED-CASE', 'größe', 'GRÖSSE'.replace('SS', 'ß'), 'äöü', 'éCROU', 'ABC-9'])
    t.strictSame(await found(part), ['Mixed-Case'], part);
});

t.test('%, _ and \\ mean themselves', async (t) => {
  await makeItem(owner, { sku: 'PERCENT', name: 'Alcohol 70% pure' });
  await makeItem(owner, { sku: 'UNDER_SCORE', name: 'Snake' });
  await makeItem(owner, { sku: 'BACK', name: 'Path C:\\temp' });
  await makeItem(owner, { sku: 'PLAIN', name: 'Alcohol 70 percent, snakeXscore C:temp' });
  t.strictSame(await found('70%'), ['PERCENT']);
  t.strictSame(await found('%'), ['PERCENT']);
  t.strictSame(await found('70%pure'), []);
  t.strictSame(await found('_'), ['UNDER_SCORE']);
  t.strictSame(await found('under_s'), ['UNDER_SCORE']);
  t.strictSame(await found('snake_score'), []);
  t.strictSame(await found('\\'), ['BACK']);
  t.strictSame(await found('c:\\TEMP'), ['BACK']);
  t.strictSame(await found('\\%'), []);
});

t.test('quotes and other signs of SQL and patterns are only text', async (t) => {
  const name = `It's "5" | (a+b)* [c] $1 ; --`;
  await makeItem(owner, { sku: 'QUOTES', name });
  for (const part of ["'", '"5"', '(a+b)*', '[c]', '$1', '; --', name])
    t.strictSame(await found(part), ['QUOTES'], part);
  t.strictSame(await found("' or 1=1 --"), []);
});

t.test('one and two letters are enough', async (t) => {
  await makeItem(owner, { sku: 'Q1', name: 'Žižka' });
  t.strictSame(await found('ž'), ['Q1']);
  t.strictSame(await found('q1'), ['Q1']);
  t.strictSame(await found('žk'), ['Q1']);
});

t.test('nothing and blanks are no search, and more than 100 characters neither', async (t) => {
  for (const search of ['', ' ', '\t\n', 'x'.repeat(101)])
    t.hasStrict(await ask({ search }), {
      status: 400,
      body: { error: { details: { errors: [{ path: '/search' }] } } },
    });
  t.strictSame(await found('x'.repeat(100)), []);
});

t.test('pages of a search follow one another, newest first, each item once', async (t) => {
  const skus: string[] = [];
  for (let at = 0; at < 7; at++)
    skus.unshift((await makeItem(owner, { sku: `PAGE-${at}`, name: 'Paged' })).sku);
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await ask({ search: 'paged', limit: '3', ...(cursor ? { cursor } : {}) });
    const page = body.data.map((item: { sku: string }) => item.sku);
    seen.push(...page);
    sizes.push(page.length);
    cursor = body.nextCursor;
  }
  t.strictSame(seen, skus);
  t.strictSame(sizes, [3, 3, 1]);
  const exact = await ask({ search: 'paged', limit: '7' });
  t.equal(exact.body.nextCursor, null, 'no empty page at the end');
});

t.test('the other filters narrow a search', async (t) => {
  const gone = await makeItem(owner, { sku: 'NARROW-1', name: 'Narrow', barcode: 'N-1' });
  await makeItem(owner, { sku: 'NARROW-2', name: 'Narrow', barcode: 'N-2' });
  await owner.patch(`/v1/inventory/items/${gone.id}`, { active: false });
  t.strictSame(await found('narrow'), ['NARROW-2', 'NARROW-1']);
  t.strictSame(await found('narrow', { active: 'true' }), ['NARROW-2']);
  t.strictSame(await found('narrow', { active: 'false' }), ['NARROW-1']);
  t.strictSame(await found('NARROW', { sku: 'NARROW-2' }), ['NARROW-2']);
  t.strictSame(await found('narrow', { barcode: 'N-1' }), ['NARROW-1']);
  t.strictSame(await found('narrow', { barcode: 'N-1', active: 'true' }), []);
  t.strictSame(await found('wide', { sku: 'NARROW-2' }), []);
  t.strictSame(await found('n_rrow', { sku: 'NARROW-2' }), [], 'patterns mean nothing there either');
});

t.test('what is changed is found by what it is now', async (t) => {
  const item = await makeItem(owner, { name: 'Before-name' });
  await owner.patch(`/v1/inventory/items/${item.id}`, { name: 'After-name', barcode: 'NEW-CODE' });
  t.strictSame(await found('before-name'), []);
  t.strictSame(await found('after-name'), [item.sku]);
  t.strictSame(await found('new-code'), [item.sku]);
});

t.test('items of other tenants are never found', async (t) => {
  const name = freshCode('shared');
  const own = await makeItem(owner, { name });
  const theirs = await makeItem(stranger, { name });
  t.strictSame(await found(name), [own.sku]);
  t.strictSame(await found(name, {}, stranger), [theirs.sku]);
  t.strictSame(await found(name, { sku: theirs.sku }), []);
  const ids = (tenant: string | null) =>
    service.asApp(tenant, 'select search_items($1, null, null, 50) as id', [name]);
  t.strictSame((await ids(service.tenantId)).rows, [{ id: own.id }], 'by the function itself');
  t.strictSame((await ids(null)).rows, [], 'without a tenant nothing');
});

t.test('the function that searches is for the service alone', async (t) => {
  const [rights] = await service.query(
    `select has_function_privilege('public', p.oid, 'execute') as everybody, p.prosecdef as definer, p.proconfig as config
     from pg_proc p where p.proname = 'search_items'`,
  );
  t.hasStrict(rights, { everybody: false, definer: true, config: ['search_path=inventory, pg_temp'] });
});

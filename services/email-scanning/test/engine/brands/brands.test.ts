import t from 'tap';
import { getDomain } from 'tldts';
import { imitatedBrand } from '../../../src/engine/brands/imitation.ts';
import { brands, isCountry, ownersOf } from '../../../src/engine/brands/index.ts';
import { mentions, wordsOf } from '../../../src/engine/brands/names.ts';
import { fold } from '../../../src/engine/reading.ts';

t.test('the table is sound', async (t) => {
  t.ok(brands.length >= 150, `${brands.length}`);
  const names = brands.map(({ name }) => name);
  t.strictSame(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
    'each once',
  );
  for (const { name, aliases, domains } of brands) {
    for (const alias of aliases) t.equal(alias, fold(alias), `${name}: ${alias} is folded`);
    for (const domain of domains) t.match(domain, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, `${name}: ${domain}`);
  }
});

t.test('none of the brands imitates another', async (t) => {
  for (const { name, domains } of brands)
    for (const domain of domains) {
      const imitated = imitatedBrand(domain);
      t.equal(
        imitated?.kind === 'looks-like' || imitated?.kind === 'contains',
        false,
        `${name}: ${domain} ${imitated?.how}`,
      );
    }
});

t.test('whose a domain is', async (t) => {
  const names = (domain: string) => ownersOf(getDomain(domain)).map(({ name }) => name);
  t.ok(names('mail.paypal.com').includes('PayPal'));
  t.strictSame(names('amazon.co.uk'), ['Amazon']);
  t.strictSame(names('amazon.top'), []);
  t.strictSame(names('amazon.tk'), []);
  t.strictSame(names('evil.example'), []);
  t.ok(isCountry('co.jp') && isCountry('de') && !isCountry('com') && !isCountry('tk') && !isCountry(null));
});

t.test('names in a text', async (t) => {
  const named = (text: string) => mentions(wordsOf(fold(text))).map(({ brand }) => brand.name);
  t.strictSame(named('Your Bank of America card'), ['Bank of America']);
  t.strictSame(named('PayPa1 and M1crosoft'), ['PayPal', 'Microsoft']);
  t.strictSame(named('the river bank of an american town'), []);
  t.strictSame(mentions([]), []);
});

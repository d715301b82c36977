import { processorTime } from '@stockade/testing';
import t from 'tap';
import { findIbans } from '../../../src/engine/money/iban.ts';
import { findUkAccounts, findUsAccounts, isRoutingNumber } from '../../../src/engine/money/local-accounts.ts';
import { isDisguised, plainDigits } from '../../../src/engine/money/plain-digits.ts';

const ibans = (text: string) => findIbans(plainDigits(text)).map(({ iban }) => iban);
const german = 'DE89370400440532013000';

t.test('an IBAN is found however it is written', async (t) => {
  const ways = {
    together: german,
    'in groups': 'DE89 3704 0044 0532 0130 00',
    'lower case': 'de89 3704 0044 0532 0130 00',
    dashes: 'DE89-3704-0044-0532-0130-00',
    dots: 'DE89.3704.0044.0532.0130.00',
    'blanks of print': 'DE89\u00a03704\u202f0044\u20090532\u00a00130\u00a000',
    'cells of a table': 'DE89\n3704\n0044\n0532\n0130\n00',
    'quoted over two lines': '> DE89 3704 0044\n> 0532 0130 00',
    'signs without width': 'DE89\u200b3704\u200b0044\u00ad0532\u2060013000',
    'full width': 'ＤＥ８９３７０４００４４０５３２０１３０００',
    'mathematical digits': 'DE89 𝟑𝟕𝟎𝟒 0044 0532 0130 00',
    'with words around': `IBAN:${german}, BIC COBADEFFXXX`,
    'right before a word': 'DE89 3704 0044 0532 0130 00BIC',
    'odd groups': 'DE 89 370 400 440 532 013 000',
    'glued to what it is called': `IBAN${german}`,
    'glued, in groups': 'IbanDE89 3704 0044 0532 0130 00',
    'country apart': 'DE\r\n89\r\n3704 0044 0532 0130 00',
    'country in a cell': 'DE | 89 | 3704 0044 0532 0130 00',
    'colons and bullets': 'DE: 8•9 3704 · 0044 · 0532; 0130; 00',
    'a named one with a footnote': `IBAN: ${german}1`,
    'one in groups with a footnote': 'DE89 3704 0044 0532 0130 0012',
    'the sign of a footnote': `${german}¹`,
  };
  for (const [what, text] of Object.entries(ways)) t.strictSame(ibans(text), [german], what);
});

t.test('the country says how long it is', async (t) => {
  t.strictSame(ibans('NL91 ABNA 0417 1643 00 24 pieces'), ['NL91ABNA0417164300']);
  t.strictSame(ibans('GB29 NWBK 6016 1331 9268 19 and FR14 2004 1010 0505 0001 3M02 606'), [
    'GB29NWBK60161331926819',
    'FR1420041010050500013M02606',
  ]);
  t.strictSame(ibans('NO93 8601 1117 947'), ['NO9386011117947']);
  t.strictSame(
    ibans('61 1090 1014 0000 0712 1981 2874'),
    ['PL61109010140000071219812874'],
    'Polish, at home',
  );
});

t.test('no repeats hide the one after them', async (t) => {
  const other = 'GB29NWBK60161331926819';
  t.strictSame(ibans(`${`${german}\n`.repeat(60)}${other}`), [german, other]);
  t.strictSame(ibans(`${'DE89 1\n'.repeat(2_500)}${other}`), [other]);
});

t.test('what only looks like an IBAN is none', async (t) => {
  for (const text of [
    'DE89370400440532013001',
    'Part XDE89370400440532013000',
    'DE893704004405320130009',
    'IBAN: DE89370400440532013000123',
    'KIBANDE89370400440532013000',
    'DE89',
    'ZZ89 3704 0044 0532 0130 00',
    'VAT DE 123456789, commercial register HRB 12345',
    '12 3456 7890 1234 5678 9012 3456',
    '',
  ])
    t.strictSame(ibans(text), [], text);
});

t.test('reading takes time linear in the text', async (t) => {
  const traps = [
    'DE89 '.repeat(40_000),
    'DE8'.repeat(60_000),
    '1234 '.repeat(40_000),
    'routing '.repeat(20_000),
  ];
  const spent = await processorTime(2_000, () => {
    for (const trap of traps) {
      findIbans(plainDigits(trap));
      findUsAccounts(trap);
      findUkAccounts(trap);
    }
  });
  t.ok(spent < 2_000);
});

t.test('US accounts', async (t) => {
  t.ok(isRoutingNumber('021000021'));
  for (const wrong of ['021000022', '000000000', '991000021', '02100002'])
    t.notOk(isRoutingNumber(wrong), wrong);
  const account = [{ routingNumber: '021000021', accountNumber: '4417123456' }];
  t.strictSame(findUsAccounts('Routing number: 021000021\nAccount number: 4417123456'), account);
  t.strictSame(findUsAccounts('Acct no 4417123456 (ABA 021000021)'), account);
  t.strictSame(findUsAccounts('ABA routing no.\n021000021\nAccount\n4417-123-456'), account);
  t.strictSame(findUsAccounts('Call 021000021, account 4417123456'), [], 'nothing says that it is a bank');
  t.strictSame(findUsAccounts('Routing number 021000022, account 4417123456'), [], 'bad check digit');
  t.strictSame(findUsAccounts('Routing number 021000021'), [], 'no account');
});

t.test('UK accounts', async (t) => {
  const account = [{ sortCode: '601613', accountNumber: '31926819' }];
  t.strictSame(findUkAccounts('Sort code: 60-16-13\nAccount no: 31926819'), account);
  t.strictSame(findUkAccounts('Account number 31926819, sort code 601613'), account);
  t.strictSame(findUkAccounts('Sort  code 60-16-13, account no 31926819'), account);
  t.strictSame(findUkAccounts('The sort code is missing, account 31926819'), []);
});

t.test('disguise', async (t) => {
  t.ok(isDisguised('DE89\u200b3704'));
  t.ok(isDisguised('８９'));
  t.notOk(isDisguised('DE89\u00a03704 – ä'));
  t.equal(plainDigits('plain'), 'plain');
});

import t from 'tap';
import { parseMessage } from '../../../src/engine/index.ts';
import { fold, read } from '../../../src/engine/reading.ts';
import { languageOf } from '../../../src/engine/wording/language.ts';
import { honestMail } from '../honest/honest-mail.ts';

const guess = (text: string) => languageOf(fold(text).split(/\P{L}+/u));

t.test('a sentence is enough', (t) => {
  t.equal(guess('Please find the invoice for your order and let us know if it is not right.'), 'en');
  t.equal(guess('Bitte finden Sie die Rechnung im Anhang und melden Sie sich, wenn das nicht stimmt.'), 'de');
  t.equal(
    guess('Vous trouverez la facture dans les pièces jointes et nous restons à votre disposition.'),
    'fr',
  );
  t.equal(guess('Encontrará la factura con los datos para el pago y su número de pedido.'), 'es');
  t.end();
});

t.test('a word or none tells nothing', (t) => {
  t.equal(guess(''), null);
  t.equal(guess('OK'), null);
  t.equal(guess('12345 67890'), null);
  t.end();
});

t.test('honest mail is taken for what it is', async (t) => {
  const mails = honestMail('held-out');
  let right = 0;
  for (const { language, raw } of mails)
    if (languageOf(read(await parseMessage(raw)).words) === language) right++;
  t.ok(right / mails.length > 0.9, `${right} of ${mails.length}`);
});

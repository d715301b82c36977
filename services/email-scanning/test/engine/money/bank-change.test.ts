import { processorTime } from '@stockade/testing';
import t from 'tap';
import { bankChangeIn } from '../../../src/engine/money/bank-change.ts';
import { fold } from '../../../src/engine/reading.ts';

const says = (text: string) => bankChangeIn(text, fold(text)) !== null;

t.test('another account is announced', async (t) => {
  for (const text of [
    'We have recently switched banks; details follow.',
    'We are no longer banking with Harbor Bank.',
    'Please disregard the banking information on our previous invoice.',
    'All future wires should go to our new account.',
    'Rogamos actualicen en su sistema nuestro número de cuenta.',
    'Il vecchio IBAN non è più attivo.',
    'Ons oude IBAN is vervallen.',
    'Kindly note that the bank account we used so far is no longer in use.',
    'Please use our new account for this payment.',
    'Due to a fraud attempt our banking details were changed.',
    'Our old bank account is closed, never pay there again.',
    'Wir sind zu einer anderen Bank gewechselt.',
    'Ab 1. Mai gilt unsere neue Kontoverbindung.',
    'Unsere Kontonummer wurde aktualisiert.',
    'À partir du 3 mai, notre RIB change.',
    'Nous avons un nouveau compte bancaire.',
    'Hemos actualizado nuestro número de cuenta.',
    'Il nostro IBAN è cambiato.',
    'Le coordinate bancarie sono state aggiornate.',
    'Ons rekeningnummer is aangepast.',
    'Os nossos dados bancários foram alterados.',
    'Zmieniliśmy numer konta bankowego.',
    'Nasz rachunek bankowy nie jest już aktywny.',
    'We would like to inform you that the bank account which you\nhave used so far has been changed as of today.',
  ])
    t.ok(says(text), text);
});

t.test('nothing is announced', async (t) => {
  for (const text of [
    'Im Online-Banking liegt ein neuer Kontoauszug für Sie bereit.',
    'Our bank details have not changed.',
    'We never change our bank details by e-mail. If you receive such a mail, call us.',
    'Beware of criminals who announce new bank accounts.',
    'Please tell us when your bank details change.',
    'Please update your payment details before the card expires.',
    'Update payment information',
    'The invoice and our bank details are attached. New: our catalogue for 2027!',
    'Our office is closed on the new bank holiday.',
    'Follow our new account on LinkedIn.',
    'Our new account manager is Ada.',
    'Our accounts department has moved to the second floor.',
    'Discover our new power banks.',
    'Bankverbindung: Sparkasse Musterstadt, IBAN DE89 3704 0044 0532 0130 00, Änderungen vorbehalten.',
    'Unsere Bankdaten sind unverändert.',
    'Bitte teilen Sie uns mit, wenn sich Ihre Bankverbindung geändert hat.',
    'Nos coordonnées bancaires n’ont pas été modifiées.',
    'Nuestros datos bancarios siguen siendo los mismos, no han cambiado.',
    'Le coordinate bancarie non sono state modificate.',
    'Onze bankgegevens zijn niet gewijzigd.',
    'Numer konta bez zmian.',
    'IBAN DE89 3704 0044 0532 0130 00\nNew delivery times\nPrices updated',
    '',
  ])
    t.notOk(says(text), text);
});

t.test('long texts are read in no time', async (t) => {
  const spent = await processorTime(2_000, () => {
    says('our bank account '.repeat(12_000));
    says(`${'bank details new '.repeat(10_000)}.`);
    says('never '.repeat(40_000));
    says('ne '.repeat(60_000));
  });
  t.ok(spent < 2_000);
});

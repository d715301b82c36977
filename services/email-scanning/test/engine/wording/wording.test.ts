import { processorTime } from '@stockade/testing';
import t from 'tap';
import { fold } from '../../../src/engine/reading.ts';
import type { Concept } from '../../../src/engine/wording/concepts.ts';
import { PhraseGraph } from '../../../src/engine/wording/phrase-graph.ts';
import { PhraseSearch } from '../../../src/engine/wording/phrase-search.ts';
import { wordingOfWords } from '../../../src/engine/wording/wording.ts';

const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu) ?? [];
const read = (text: string) => wordingOfWords(wordsOf(text));

function found(lines: string[], text: string): [says: number, at: number][] {
  const graph = new PhraseGraph();
  for (const [index, line] of lines.entries()) graph.add(line, index);
  const hits: [number, number][] = [];
  new PhraseSearch(graph).search(text.split(' '), (says, at) => hits.push([says, at]));
  return hits;
}

t.test('lines of a lexicon', (t) => {
  t.strictSame(found(['verify your account'], 'please verify your account now'), [[0, 3]]);
  t.strictSame(found(['verify your account'], 'verify account'), []);
  t.strictSame(found(['suspend* now'], 'suspended now suspension now suspend now suspen now').length, 2);
  t.strictSame(found(['(verify|log in to) (your|) account'], 'log in to account'), [[0, 3]]);
  t.strictSame(found(['verify ~ account'], 'verify my own account'), [[0, 3]], 'up to two words between');
  t.strictSame(found(['verify ~ account'], 'verify account'), [[0, 1]]);
  t.strictSame(found(['verify ~ account'], 'verify my very own account'), []);
  t.strictSame(found(['verify _ account'], 'verify account'), [], 'just one word between');
  t.strictSame(found(['a (b|c (d|e)) f'], 'a c e f'), [[0, 3]], 'alternatives in alternatives');
  t.strictSame(
    found(['one two', 'two three'], 'one two three'),
    [
      [0, 1],
      [1, 2],
    ],
    'phrases that overlap',
  );
  t.throws(() => new PhraseGraph().add('(a|)', 0), /would fit everything/);
  t.throws(() => new PhraseGraph().add('(a|b', 0), /open bracket/);
  t.throws(() => new PhraseGraph().add('a) b', 0), /a sign too many/);
  t.throws(() => new PhraseGraph().add('ab*', 0), /too short/);
  t.end();
});

t.test('concepts, in the languages', (t) => {
  const said: [Concept, string][] = [
    ['account-threat', 'Your PayPal account has been temporarily limited.'],
    ['account-threat', 'Ihr Konto wurde vorübergehend gesperrt.'],
    ['account-threat', 'Votre compte a été suspendu.'],
    ['account-threat', 'Su cuenta ha sido bloqueada'],
    ['account-threat', 'Il tuo account è stato sospeso'],
    ['account-threat', 'Uw rekening is geblokkeerd'],
    ['account-threat', 'A sua conta foi bloqueada'],
    ['account-threat', 'Twoje konto zostało zablokowane'],
    ['verify-demand', 'Please confirm your account details'],
    ['verify-demand', 'Bitte bestätigen Sie Ihre Kontodaten'],
    ['verify-demand', 'Bitte bestaetigen Sie Ihre Daten'],
    ['verify-demand', 'Veuillez vérifier l’identité de votre compte : confirmez vos informations'],
    ['bank-change', 'Please note that our bank details have changed.'],
    ['bank-change', 'Unsere Bankverbindung hat sich geändert.'],
    ['bank-change', 'Nos coordonnées bancaires ont changé.'],
    ['gift-card', 'I need you to buy some gift cards'],
    ['payroll-change', 'I would like to change my direct deposit information'],
    ['extortion-payment', 'Send 900 USD in bitcoin to my wallet'],
    ['mailbox-trouble', 'Your mailbox storage is almost full'],
    ['unsubscribe', 'Klicken Sie hier, um den Newsletter abzubestellen oder abmelden'],
  ];
  for (const [concept, text] of said) t.ok(read(text).has(concept), text);
  const harmless: [Concept, string][] = [
    ['account-threat', 'Our account manager will visit you. The road is closed.'],
    ['bank-change', 'The delivery details have changed. We walked along the bank.'],
    ['gift-card', 'A greeting card for your birthday'],
    ['mailbox-trouble', 'The glass is almost full.'],
    ['extortion-payment', 'Bitcoin fell again on Monday.'],
  ];
  for (const [concept, text] of harmless) t.notOk(read(text).has(concept), text);
  t.end();
});

t.test('what is known about places', (t) => {
  const wording = read('Hello. Your account has been suspended. Please click here. Bye. Click here again.');
  t.equal(wording.at('click-demand').length, 2);
  t.strictSame(wording.at('lottery'), []);
  t.equal(wording.count('account-threat', 'click-demand', 'lottery'), 2);
  t.ok(wording.near('account-threat', 'click-demand', 5));
  t.notOk(wording.near('account-threat', 'click-demand', 1));
  t.match(wording.passages('account-threat'), [/account has been suspended$/]);
  t.equal(wording.language, 'en');
  t.end();
});

t.test('time is linear, whatever is repeated', async (t) => {
  for (const word of ['your', 'account', 'verify', 'the', 'click', 'suspended', 'xqzt']) {
    const words = Array.from({ length: 20_000 }, (_, at) => (at % 2 ? word : 'your'));
    t.ok((await processorTime(500, () => wordingOfWords(words))) < 500, word);
  }
  const random = Array.from(
    { length: 20_000 },
    (_, at) => ['your', 'account', 'to', 'the', `x${at}`][(at * 7919) % 5]!,
  );
  t.ok(wordingOfWords(random));
});

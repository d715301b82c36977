import t from 'tap';
import { quotesIn } from '../../../src/engine/money/quotes.ts';

t.test('where others are repeated', async (t) => {
  for (const text of [
    'Yes.\n\nOn 17 Nov 2026, Ada <ada@demo.example> wrote:\n> When?',
    'Ja.\n\nAm 17.11.2026 schrieb Ada <ada@demo.example>:\n> Wann?',
    'Oui.\n\nLe 17/11/2026, Ada a écrit :\n> Quand ?',
    'Sí.\n\nEl 17/11/2026, Ada escribió:\n> ¿Cuándo?',
    'Sì.\n\nIl 17/11/2026 Ada ha scritto:\n> Quando?',
    'Ja.\n\nOp 17-11-2026 schreef Ada <ada@demo.example>:\n> Wanneer?',
    'Yes.\n\n-----Original Message-----\nSubject: x',
    'Ja.\n\nVon: Ada <ada@demo.example>\nGesendet: Dienstag\nBetreff: x',
    'Yes\n> When?',
  ])
    t.equal(quotesIn(text).length > 0, true, text);
  t.strictSame(quotesIn('Nothing is quoted here.\nFrom: is only a word'), []);
  t.match(quotesIn('> a\n> b')[0], { at: 0 });
});

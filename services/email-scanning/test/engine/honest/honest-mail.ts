import { write } from '../../../training/honest/compose.ts';
import { type HonestMail, honestMailForTraining } from '../../../training/honest/index.ts';
import { lettersIn } from '../../../training/honest/letter.ts';
import { layouts } from './layouts.ts';
import * as de from './letters/de.ts';
import * as en from './letters/en.ts';
import * as es from './letters/es.ts';
import * as fr from './letters/fr.ts';
import * as it from './letters/it.ts';
import * as nl from './letters/nl.ts';
import * as pl from './letters/pl.ts';
import * as pt from './letters/pt.ts';

const copies = 2;

/**
 * Honest mail of firms in eight languages, the same on every run: the half that the classifier may learn from, or the other one with
 * other letters, firms, people and layouts.
 */
export function honestMail(half: 'train' | 'held-out'): HonestMail[] {
  if (half === 'train') return honestMailForTraining();
  return [en, de, fr, es, it, nl, pl, pt].flatMap(({ stationery, letters }, at) =>
    write(stationery, lettersIn(letters), layouts, { copies, seed: 100_000 + 1_000 * at }),
  );
}

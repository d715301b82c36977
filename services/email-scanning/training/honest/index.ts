import { type HonestMail, write } from './compose.ts';
import { layouts } from './layouts.ts';
import { lettersIn } from './letter.ts';
import * as de from './letters/de.ts';
import * as en from './letters/en.ts';
import * as es from './letters/es.ts';
import * as fr from './letters/fr.ts';
import * as it from './letters/it.ts';
import * as nl from './letters/nl.ts';
import * as pl from './letters/pl.ts';
import * as pt from './letters/pt.ts';

export type { HonestMail };

const copies = 2;

/** Honest mail of firms in eight languages that the classifier may learn from; the same on every run. Tests keep another half. */
export function honestMailForTraining(): HonestMail[] {
  return [en, de, fr, es, it, nl, pl, pt].flatMap(({ stationery, letters }, at) =>
    write(stationery, lettersIn(letters), layouts, { copies, seed: 1_000 * (at + 1) }),
  );
}

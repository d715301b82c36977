import type { Concept } from '../../wording/concepts.ts';

/** What unasked-for mail advertises: what it is called in a sentence, and how much one mention and all together weigh. */
export const topics: readonly { concept: Concept; what: string; each: number; max: number }[] = [
  { concept: 'pharmacy', what: 'medicines or cures', each: 8, max: 40 },
  { concept: 'adult', what: 'pornography', each: 7, max: 38 },
  { concept: 'dating', what: 'acquaintances', each: 8, max: 35 },
  { concept: 'replica', what: 'imitated brand goods', each: 10, max: 40 },
  { concept: 'cheap-software', what: 'cheap software or supplies', each: 5, max: 28 },
  { concept: 'loan', what: 'loans, insurance or debt relief', each: 6, max: 35 },
  { concept: 'casino', what: 'gambling', each: 9, max: 36 },
  { concept: 'weight-loss', what: 'losing weight', each: 8, max: 38 },
  { concept: 'search-ranking', what: 'better places in search engines', each: 7, max: 32 },
  { concept: 'easy-money', what: 'easy money', each: 7, max: 38 },
  { concept: 'chain-letter', what: 'a chain letter', each: 9, max: 35 },
  { concept: 'address-lists', what: 'address lists or mass mailing', each: 7, max: 36 },
  { concept: 'diploma', what: 'academic degrees', each: 10, max: 38 },
  { concept: 'stock-tip', what: 'a stock tip', each: 7, max: 38 },
  { concept: 'investment', what: 'profits from an investment', each: 7, max: 32 },
];

export type Topic = (typeof topics)[number];

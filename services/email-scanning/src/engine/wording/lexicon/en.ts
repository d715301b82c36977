import type { Lexicon } from '../concepts.ts';
import { accounts } from './en/accounts.ts';
import { advertising } from './en/advertising.ts';
import { frame } from './en/frame.ts';
import { money } from './en/money.ts';
import { pretexts } from './en/pretexts.ts';

export const en: Lexicon = { ...accounts, ...pretexts, ...money, ...advertising, ...frame };

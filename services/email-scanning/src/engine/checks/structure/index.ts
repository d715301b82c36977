import type { Check } from '../../types.ts';
import { alternatives } from './alternatives.ts';
import { carelessMake } from './careless-make.ts';
import { cutWords } from './cut-words.ts';
import { hiddenText } from './hidden-text.ts';
import { noSender } from './no-sender.ts';
import { oddCharset } from './odd-charset.ts';
import { padding } from './padding.ts';
import { parts } from './parts.ts';
import { repeatedHeaders } from './repeated-headers.ts';
import { severalSenders } from './several-senders.ts';
import { unreadable } from './unreadable.ts';

/** How the mail is made. */
export const structureChecks: readonly Check[] = [
  severalSenders,
  noSender,
  unreadable,
  hiddenText,
  cutWords,
  repeatedHeaders,
  oddCharset,
  padding,
  alternatives,
  parts,
  carelessMake,
];

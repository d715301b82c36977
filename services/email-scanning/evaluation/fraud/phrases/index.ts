import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import type { Phrases } from './phrases.ts';

export const languages: Readonly<Record<string, Phrases>> = { en, de, fr, es, it, nl };
export type { Phrases };

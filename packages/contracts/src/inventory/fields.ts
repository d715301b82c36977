import { Type } from 'typebox';

/** Free text of a reason or description; not blank. */
export const Text = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });
/** What another system calls it, or what is looked for; not blank. */
export const ShortText = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
export const Barcode = Type.String({ pattern: '^[\\x21-\\x7e]{1,64}$' });
export const Person = Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() });
/** A calendar day, without a zone. */
export const Day = Type.String({ format: 'date', examples: ['2026-03-29'] });

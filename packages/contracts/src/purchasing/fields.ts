import { Type } from 'typebox';
import { Id, Timestamp } from '../scalars.ts';

/** Why somebody decided so; not blank. */
export const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

/** Who did it. */
export const Person = Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() });

/** The open payment hold, as the things that it stops show it. */
export const HoldNote = Type.Object({ id: Id, reason: Type.String(), since: Timestamp });

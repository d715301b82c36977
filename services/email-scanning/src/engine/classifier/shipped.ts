import { readFileSync } from 'node:fs';
import { decodeModel, type Model } from './model.ts';

/** The model that `npm run train` made, read once for each thread. */
export const shippedModel: Model = decodeModel(readFileSync(new URL('./model.bin', import.meta.url)));

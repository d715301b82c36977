import { SecretsUnavailable } from '../src/index.ts';

/** Why a provider could not answer; whatever else came of it is given as it is. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error instanceof SecretsUnavailable ? error.reason : error;
  }
}

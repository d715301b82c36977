import { type Principal, principalRefusedHeader, type ServiceName } from '@stockade/contracts';
import { ServiceError } from '@stockade/service-kit/errors';
import type { PrincipalSigner } from '@stockade/service-kit/principal';
import type { UpstreamAnswer } from './exchange.ts';

export const isTokenRefused = ({ statusCode, headers }: UpstreamAnswer): boolean =>
  statusCode === 401 && headers[principalRefusedHeader] !== undefined;

/**
 * A service refused the token for the principal (a clock was stepped, or a key has just changed): nothing was done yet, and
 * it is asked once more with a fresh one. A second refusal is our trouble, and not the caller's, whose credential is good: a 503.
 */
export async function askWithFreshToken(
  signer: PrincipalSigner,
  principal: Principal,
  service: ServiceName,
  ask: (token: string) => Promise<UpstreamAnswer>,
): Promise<UpstreamAnswer> {
  signer.forget();
  const answer = await ask(await signer.sign(principal, service));
  if (!isTokenRefused(answer)) return answer;
  throw new ServiceError(
    'SERVICE_UNAVAILABLE',
    `The part of Stockade that answers this (${service}) does not trust the gateway right now: try again shortly.`,
    { service },
    1,
  );
}

import { type Principal, principalRefusedHeader, type ServiceName } from '@stockade/contracts';
import { ServiceError } from '@stockade/service-kit/errors';
import type { PrincipalSigner } from '@stockade/service-kit/principal';
import type { UpstreamAnswer } from './exchange.ts';

const isRefused = ({ statusCode, headers }: UpstreamAnswer) =>
  statusCode === 401 && headers[principalRefusedHeader] !== undefined;

/**
 * Asks a service with a token for the principal. When the token is refused (a clock was stepped, or a key has just changed),
 * nothing was done yet: it is asked once more with a fresh one. A second refusal is our trouble, and not the caller's, whose
 * credential is good: a 503.
 */
export async function askAs(
  signer: PrincipalSigner,
  principal: Principal,
  service: ServiceName,
  ask: (token: string) => Promise<UpstreamAnswer>,
): Promise<UpstreamAnswer> {
  const first = await ask(await signer.sign(principal, service));
  if (!isRefused(first)) return first;
  signer.forget();
  const second = await ask(await signer.sign(principal, service));
  if (!isRefused(second)) return second;
  throw new ServiceError(
    'SERVICE_UNAVAILABLE',
    `The part of Stockade that answers this (${service}) does not trust the gateway right now: try again shortly.`,
    { service },
    1,
  );
}

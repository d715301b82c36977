import { hash } from 'node:crypto';
import { errorStatus, isKnownCaller, type Operation, type Principal } from '@stockade/contracts';
import {
  readSignature,
  receiveInbound,
  refusedSignature,
  signatureHeader,
} from '@stockade/contracts/email-scanning';
import type { Authenticated } from '@stockade/contracts/identity';
import { errors } from '@stockade/service-kit/errors';
import { networkOf } from '@stockade/service-kit/network';
import type { SecurityEvents } from '@stockade/service-kit/security-events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tier } from '../config.ts';
import type { AddressBlocks } from '../limits/address-blocks.ts';
import type { Limits } from '../limits/limits.ts';
import type { Places } from '../limits/places.ts';
import { checkAccess } from './access.ts';
import { type Authenticator, gatewayPrincipal } from './authenticator.ts';
import { credentialOf } from './credentials.ts';
import { checkCsrf, isAllowedOrigin, type OriginRules } from './csrf.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

export interface Guard {
  authenticator: Authenticator;
  limits: Limits;
  blocks: AddressBlocks;
  /** The calls that are made at once: a tenant's, or an address' without a credential. */
  places: Places;
  origins: OriginRules;
  events: SecurityEvents;
}

/** People are limited by what they do, API keys by their number of calls. */
function tierOf(operation: Operation, principal: Principal): Tier {
  if (principal.type !== 'user') return operation.tier === 'MAIL' ? 'MAIL' : 'KEY';
  return operation.tier === 'MAIL' ? 'WRITE' : operation.tier;
}

/** An identity of the version before names the one alone. */
const goodTokens = ({ csrfToken, csrfTokens }: Authenticated) => csrfTokens ?? (csrfToken ? [csrfToken] : []);

const isChange = ({ method }: FastifyRequest) => method !== 'GET' && method !== 'HEAD';

/** Lets a call through or throws: who is it, do the limits allow it, may they do it, did their own page send it. */
export async function guardCall(
  guard: Guard,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { authenticator, limits, blocks, origins } = guard;
  if (operation.access === 'public') {
    await admitAnyone(guard, operation, request, reply);
    if (operation.id === receiveInbound.id) await checkSignature(guard, operation, request);
    await takePlace(guard, request);
    return;
  }
  const credential = credentialOf(request);
  const known = credential ? await authenticator.identify(credential) : null;
  if (!known || !credential) {
    // Only here an address is counted: whoever holds a valid credential is never hit by a block of it.
    blocks.check(request.ip);
    await countAddress(guard, request, reply);
    await blocks.noteRefusal(request.ip);
    throw errors.unauthenticated(credential ? 'This credential is not valid, or not any more.' : undefined);
  }
  const { principal, planFactor } = known;
  request.principal = principal;
  await limits.count(tierOf(operation, principal), principal.id, request, reply, planFactor);
  if (principal.tenantId) await limits.count('TENANT', principal.tenantId, request, reply, planFactor);
  await takePlace(guard, request);
  if (credential.kind === 'session' && isChange(request)) checkCsrf(request, goodTokens(known), origins);
  checkAccess(operation, principal);
}

/** Counts a call that nobody's credential stands for: pages, and paths that lead nowhere, are among them. */
export const countAddress = (
  { limits }: Pick<Guard, 'limits'>,
  request: FastifyRequest,
  reply: FastifyReply,
) => limits.count('IP', networkOf(request.ip), request, reply);

/** What a provider sends in is signed: that is its credential, and only its service can tell whether it is good. */
const isSigned = ({ access, tier }: Operation) => access === 'public' && tier === 'MAIL';

/** Whose share a call is part of: its tenant's, an operator's own, or that of the network that it comes from. */
export function sharerOf(request: FastifyRequest): string {
  const { principal, ip } = request;
  return isKnownCaller(principal) ? (principal.tenantId ?? principal.id) : networkOf(ip);
}

/** One tenant's calls never fill the gateway, nor all connections to a service. */
async function takePlace({ places }: Guard, request: FastifyRequest): Promise<void> {
  const sharer = sharerOf(request);
  if (!(await places.take(sharer)))
    throw errors.unavailable('Too many of your calls at once: try again shortly.');
  request.held.add(() => places.giveBack(sharer));
}

/** A call that needs no credential. It counts for the address, and a blocked one stays out. */
async function admitAnyone(
  guard: Guard,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { limits, blocks, origins } = guard;
  const network = networkOf(request.ip);
  request.principal = gatewayPrincipal;
  blocks.check(request.ip);
  if (isSigned(operation)) {
    await limits.check('IP', network, request, reply);
    await limits.count('MAIL', network, request, reply);
  } else {
    await countAddress(guard, request, reply);
    // What anybody may write without guessing at an account: it has none to be counted by.
    if (operation.tier === 'WRITE') await limits.count('WRITE', network, request, reply);
  }
  const { origin, host } = request.headers;
  if (origin !== undefined && isChange(request) && !isAllowedOrigin(origin, host, origins)) {
    throw errors.forbidden('This origin may not sign in here.');
  }
}

/** What a service answers a provider before it looks at the signature, or because of it. */
const unsigned = [401, 404, 415];

/** What no secret could make good is refused before its body is read, as a wrong signature is; whether there is such a source is not asked. */
async function checkSignature(guard: Guard, operation: Operation, request: FastifyRequest): Promise<void> {
  if (readSignature(request.headers[signatureHeader], new Date())) return;
  await noteRefusal(guard, operation, request, errorStatus.UNAUTHENTICATED);
  throw errors.unauthenticated(refusedSignature);
}

/** A service did not accept who signs in, or a provider's signature: that counts as a wrong credential does. */
export async function noteRefusal(
  { limits, blocks }: Guard,
  operation: Operation,
  request: FastifyRequest,
  status: number,
): Promise<void> {
  if (isSigned(operation) && unsigned.includes(status))
    await limits.note('IP', networkOf(request.ip), request);
  if (status === 401) await blocks.noteRefusal(request.ip);
}

/**
 * Sign-ins are limited by address and account together, so that one address cannot lock others out of an account. Other
 * calls of the tier count for themselves: who failed to sign in may still ask for a new password.
 */
export async function countSignIn(
  { limits }: Guard,
  { id }: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const call = id === 'login' ? [] : [id];
  const key = [networkOf(request.ip), accountOf(request.body), ...call].join(' ');
  await limits.count('AUTH', key, request, reply);
}

/**
 * What a sign-in names: an address, or the token or passkey that stands for an account (never a token as it is: operators see
 * it). An office accepts its invitations behind one address.
 */
function accountOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  try {
    const { email, token, mfaToken, credential } = JSON.parse(body.toString('utf8'));
    if (typeof email === 'string') return email.trim().toLowerCase().slice(0, 254);
    const name = token ?? mfaToken ?? credential?.id;
    return typeof name === 'string' ? hash('sha256', name, 'base64url').slice(0, 16) : '';
  } catch {
    // The service says what is wrong with it.
    return '';
  }
}

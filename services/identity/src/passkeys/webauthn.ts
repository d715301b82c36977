import type { AuthenticationResponse, RegistrationResponse } from '@stockade/contracts/identity';
import type { Service } from '@stockade/service-kit';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { challengeMinutes } from './challenge-queries.ts';

type IdentityService = Service<IdentityDb>;

/** 33 MB that an installation without passkeys does without. */
const library = () => import('@simplewebauthn/server');

/** Whom authenticators make passkeys for (rpId) and the pages that may ask for them. */
function relyingParty(service: IdentityService) {
  const { WEBAUTHN_RP_ID, WEBAUTHN_ORIGINS } = service.config as Config;
  return { rpId: WEBAUTHN_RP_ID, origins: WEBAUTHN_ORIGINS.split(',').map((origin) => origin.trim()) };
}

const timeout = challengeMinutes * 60_000;

/** What an authenticator keeps of the user: the id's 16 bytes, nothing that says who it is. */
const handleOf = (userId: string) => Buffer.from(userId.replaceAll('-', ''), 'hex');

interface Enrolled {
  credential_id: string;
  transports: string[];
}

/** For `navigator.credentials.create`: one that is found without a name and asks for PIN, finger or face. */
export async function creationOptions(
  service: IdentityService,
  user: { id: string; email: string; name: string },
  have: readonly Enrolled[],
) {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Stockade',
    rpID: relyingParty(service).rpId,
    userID: new Uint8Array(handleOf(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    timeout,
    attestationType: 'none',
    excludeCredentials: have.map(({ credential_id: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** For `navigator.credentials.get`: names no account. */
export async function requestOptions(service: IdentityService) {
  const { generateAuthenticationOptions } = await library();
  const { rpId } = relyingParty(service);
  return generateAuthenticationOptions({ rpID: rpId, timeout, userVerification: 'required' });
}

/** What a new passkey is, or why it is not accepted. */
export async function checkRegistration(
  service: IdentityService,
  response: RegistrationResponse,
  expectedChallenge: string,
) {
  const { verifyRegistrationResponse } = await library();
  const { rpId, origins } = relyingParty(service);
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origins,
      expectedRPID: rpId,
      requireUserVerification: true,
    });
    return registrationInfo ?? { refused: 'the signature is wrong' };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

interface Known {
  userId: string;
  credentialId: string;
  publicKey: Buffer;
}

/**
 * What the passkey's authenticator says now, or why it is not accepted. `takeChallenge` uses the challenge up that the
 * answer names. The counter is the caller's to judge, in the transaction that moves it.
 */
export async function checkAuthentication(
  service: IdentityService,
  response: AuthenticationResponse,
  { userId, credentialId, publicKey }: Known,
  takeChallenge: (challenge: string) => Promise<boolean>,
) {
  const { verifyAuthenticationResponse } = await library();
  const { rpId, origins } = relyingParty(service);
  const { userHandle, ...signed } = response.response;
  if (userHandle && userHandle !== handleOf(userId).toString('base64url'))
    return { refused: 'it was made for somebody else' };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...response, response: signed, clientExtensionResults: {} },
      expectedChallenge: async (challenge: unknown) =>
        typeof challenge === 'string' && (await takeChallenge(challenge)),
      expectedOrigin: origins,
      expectedRPID: rpId,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
      requireUserVerification: true,
    });
    if (!verified) return { refused: 'the signature is wrong' };
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

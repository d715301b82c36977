import { generateKeyPairSync } from 'node:crypto';
import { type Principal, type Role, roleScopes } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { createPrincipalSigner } from '@stockade/service-kit';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** A key pair as processes get it in their settings; made anew for every test process. */
export const testKeys = {
  privateKey: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
  publicKey: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'),
};

export const testSigner = createPrincipalSigner(testKeys.privateKey);

/** A user of a tenant with the scopes of a role. */
export function userPrincipal(tenantId: string, role: Role, overrides: Partial<Principal> = {}): Principal {
  const id = overrides.personId ?? newId();
  return {
    type: 'user',
    id,
    name: `Test ${role}`,
    tenantId,
    personId: id,
    role,
    scopes: [...roleScopes[role]],
    ...overrides,
  };
}

export const gatewayPrincipal: Principal = {
  type: 'gateway',
  id: 'gateway',
  name: 'gateway',
  tenantId: null,
  personId: null,
  role: null,
  scopes: [],
};

export const operatorPrincipal: Principal = {
  ...gatewayPrincipal,
  type: 'operator',
  id: 'operator',
  name: 'Operator',
};

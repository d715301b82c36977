// Run by the launcher as a process of its own: has identity make the demo tenant, as the platform's operator.
import { principalHeader } from '@stockade/contracts';
import { createPrincipalSigner } from '@stockade/service-kit/principal';
import { answer } from './run-script.ts';

export interface DemoInput {
  identityUrl: string;
  principalPrivateKey: string;
  tenant: { tenantName: string; userName: string; email: string; password: string; apiKey: string };
}

await answer<DemoInput, { tenantId: string }>(async ({ identityUrl, principalPrivateKey, tenant }) => {
  const token = await createPrincipalSigner(principalPrivateKey).sign(
    {
      type: 'operator',
      id: 'operator',
      name: 'Launcher',
      tenantId: null,
      personId: null,
      role: null,
      scopes: [],
    },
    'identity',
  );
  const response = await fetch(`${identityUrl}/internal/demo`, {
    method: 'POST',
    headers: { [principalHeader]: token, 'content-type': 'application/json' },
    body: JSON.stringify(tenant),
  });
  const body = (await response.json()) as { tenantId: string };
  if (!response.ok)
    throw new Error(`identity did not make the demo tenant: ${response.status} ${JSON.stringify(body)}`);
  return { tenantId: body.tenantId };
});

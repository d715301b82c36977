// Run by the launcher as a process of its own: has identity make the demo tenant, as the platform's operator.
import { setTimeout as delay } from 'node:timers/promises';
import { principalHeader } from '@stockade/contracts';
import { createPrincipalSigner } from '@stockade/service-kit/principal';
import { answer } from './run-script.ts';

const patienceMs = 30_000;

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
  for (const deadline = Date.now() + patienceMs; ; await delay(250)) {
    const response = await fetch(`${identityUrl}/internal/demo`, {
      method: 'POST',
      headers: { [principalHeader]: token, 'content-type': 'application/json' },
      body: JSON.stringify(tenant),
    });
    const body = (await response.json()) as { tenantId: string };
    if (response.ok) return { tenantId: body.tenantId };
    // A machine that has just started six processes may be too busy for a moment.
    if (response.status === 503 && Date.now() < deadline) continue;
    throw new Error(`identity did not make the demo tenant: ${response.status} ${JSON.stringify(body)}`);
  }
});

import { mailConfigFields } from '@stockade/outgoing-mail';
import { parseConfig } from '@stockade/service-kit';
import { startTestService, type TestService } from '@stockade/testing';
import { Type } from 'typebox';
import { createPurchasing } from '../src/app.ts';
import { migrations } from '../src/migrations/index.ts';
import { createDelivery } from '../src/order-mails/deliver.ts';
import { approved, type Prepared, prepare, step } from './service.ts';

type Test = Parameters<typeof startTestService>[0];

/** The service, and what else is needed to see an order's mail on its way; providers as the settings say. */
export async function startMailing(t: Test, settings: Record<string, string> = {}) {
  const config = parseConfig(Type.Object(mailConfigFields), {
    MAIL_FROM: 'Acme & Co <orders@acme.example>',
    ...settings,
  });
  const definition = createPurchasing(config);
  const service = await startTestService(t, definition, { migrations });
  const task = definition.tasks?.find(({ name }) => name === 'order-mails');
  const prepared = await prepare(service);
  await setContacts(prepared, [{ name: 'Ann <Sales>', email: 'ann@supplier.example' }]);
  return {
    service,
    prepared,
    /** What the service's task does when it is its time. */
    deliver: async () => task?.run(service.service, new AbortController().signal),
    /** Another process with the same settings. */
    replica: () => {
      const delivery = createDelivery(config);
      delivery.start(service.service);
      return () => delivery.deliverDue(service.service, new AbortController().signal);
    },
  };
}

export async function setContacts(
  { buyer, supplierId }: Prepared,
  contacts: { name: string; email: string }[],
): Promise<void> {
  const answer = await buyer.patch(`/v1/purchasing/suppliers/${supplierId}`, { contacts });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

export async function sent(prepared: Prepared, body?: object) {
  const order = await approved(prepared);
  const answer = await step(prepared.buyer, order.id, 'send', body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return order;
}

export async function mailsOf({ buyer }: Prepared, orderId: string) {
  return (await buyer.get(`/v1/purchasing/purchase-orders/${orderId}/mails`)).body.data;
}

/** The time of the next attempt comes. */
export async function makeDue(service: TestService): Promise<void> {
  await service.query("update order_mails set next_attempt_at = now() where status = 'queued'");
}

import { mailConfigFields } from '@stockade/outgoing-mail';
import { serveMail } from '@stockade/outgoing-mail/test/mail-server';
import { parseConfig } from '@stockade/service-kit';
import { Type } from 'typebox';
import { createDelivery } from '../src/account-mails/deliver.ts';
import { slowedAccounts } from '../src/auth/guessing.ts';
import { passwordResetRequests } from '../src/password-resets/work-off.ts';
import { gateway, makeTenant, start } from './service.ts';

type Test = Parameters<typeof serveMail>[0];

const running = new AbortController().signal;

/** The service with a tenant and a real SMTP server, and its tasks to be run when it is their time. */
export async function startMailing(t: Test, settings: Record<string, string | number> = {}) {
  const server = await serveMail(t);
  const mail = { MAIL_PROVIDERS: 'smtp', SMTP_URL: server.url, MAIL_FROM: 'Acme <no-reply@acme.example>' };
  const service = await start(t, { ...mail, ...settings });
  const tenant = await makeTenant(service, 'owner@acme.example');
  const replica = (of: Record<string, string | number> = {}) => {
    const fields = { ...mail, ...settings, ...of } as Record<string, string>;
    const delivery = createDelivery(parseConfig(Type.Object(mailConfigFields), fields));
    delivery.start(service.service);
    return () => delivery.deliverDue(service.service, running);
  };
  const deliver = replica();
  return {
    ...tenant,
    service,
    server,
    replica,
    deliver,
    anyone: gateway(service),
    /** What was asked for is worked off, and its mails go out. */
    work: async () => {
      await passwordResetRequests.run(service.service, running);
      await deliver();
    },
    workOff: () => passwordResetRequests.run(service.service, running),
    tell: () => slowedAccounts.run(service.service, running),
    mailsTo: (email: string) => server.mails.filter(({ to }) => to?.[0]?.address === email),
    /** The token in the latest mail to somebody. */
    tokenFor: (email: string) => {
      const last = server.mails.filter(({ to }) => to?.[0]?.address === email).at(-1);
      return /#token=([A-Za-z0-9_-]{64})\n/.exec(last?.text ?? '')?.[1] ?? `no mail to ${email}`;
    },
    audits: async (action: string) =>
      (await service.outbox('audit.entry-recorded.v1'))
        .map(({ payload }) => payload)
        .filter((entry) => entry.action === action),
  };
}

export type Mailing = Awaited<ReturnType<typeof startMailing>>;

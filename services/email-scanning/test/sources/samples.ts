import { newId } from '@stockade/database';
import type { Sample, TestService } from '@stockade/testing';
import { letter, rfc822 } from '../service.ts';

/** A domain that no other test has. */
export const freshDomain = () => `d${newId().replaceAll('-', '')}.example`;

export const imapBody = {
  host: 'imap.example.com',
  port: 993,
  tls: 'implicit',
  user: 'buyer@example.com',
  password: 'correct horse',
  mailbox: 'INBOX',
};

/** Good requests of the sources' operations; `receiveInbound` is signed and stands apart. */
export async function sourceSamples(service: TestService): Promise<Record<string, Sample>> {
  const owner = service.as('owner');
  const domain = freshDomain();
  const made = async (body: object) => {
    const answer = await owner.post('/v1/mail/sources', body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return { sourceId: answer.body.id };
  };
  const smtp = { recipients: [`Ann@${domain}`], domains: [freshDomain()], networks: ['192.0.2.0/24'] };
  const imap = await made({ kind: 'imap', name: 'Mailbox', imap: imapBody });
  const webhook = await made({ kind: 'webhook', name: 'Provider', webhook: { format: 'json' } });
  const message = await owner.post('/v1/mail/messages', letter({}), rfc822);
  return {
    createMailSource: {
      body: { kind: 'smtp', name: 'Journal', active: true, smtp: { ...smtp, domains: [freshDomain()] } },
    },
    listMailSources: { query: { kind: 'imap', active: 'true' } },
    getMailSource: { params: imap },
    updateMailSource: { params: imap, body: { name: 'Buying', active: false, imap: imapBody } },
    rotateMailSourceSecret: { params: webhook, body: { overlapHours: 0 } },
    listMessageDeliveries: { params: { messageId: message.body.id } },
  };
}

import { createHmac, randomBytes } from 'node:crypto';

/** As the Standard Webhooks specification writes secrets: base64 behind `whsec_`. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

interface Message {
  id: string;
  /** Of this attempt, in seconds. */
  timestamp: number;
  body: string;
}

function signature(secret: string, { id, timestamp, body }: Message): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The headers of a message that is signed with each of the secrets (standardwebhooks.com, symmetric `v1`). */
export function webhookHeaders(message: Message, secrets: readonly string[]): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map((secret) => signature(secret, message)).join(' '),
  };
}

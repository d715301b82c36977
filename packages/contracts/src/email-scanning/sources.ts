import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import {
  DomainName,
  Email,
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { AcceptedMessage, EnvelopeHeaders, MessageParams, maxMessageBytes } from './schemas.ts';

export const sourceKinds = ['smtp', 'imap', 'webhook'] as const;
export const webhookFormats = ['raw', 'json'] as const;
/** The signature of an inbound webhook. */
export const signatureHeader = 'x-stockade-signature';
/** How far its time may be from ours, in seconds. */
export const signatureToleranceSeconds = 300;
export const refusedSignature = 'The signature is missing, too old, or does not hold.';

const signatureShape = /^t=([1-9][0-9]{0,11})((?:,v[0-9]=[0-9A-Za-z+/=_-]{1,200}){1,8})$/;

/**
 * The time and the signatures, in hex, of `t=<seconds>,v1=<hex>`; a provider that changes keys may send several of `v1`, and
 * versions that we do not know. Null when none of them could hold: nonsense, or out of its time.
 */
export function readSignature(
  header: string | string[] | undefined,
  now: Date,
): { seconds: number; given: string[] } | null {
  const match = typeof header === 'string' ? signatureShape.exec(header) : null;
  if (!match) return null;
  const seconds = Number(match[1]);
  if (Math.abs(now.getTime() / 1_000 - seconds) > signatureToleranceSeconds) return null;
  const given = (match[2] ?? '')
    .split(',')
    .filter((part) => /^v1=[0-9a-f]{64}$/.test(part))
    .map((part) => part.slice(3));
  return given.length > 0 ? { seconds, given } : null;
}

const Recipients = Type.Array(Email, { maxItems: 1_000, uniqueItems: true });
const Domains = Type.Array(DomainName, { maxItems: 100, uniqueItems: true });
const Networks = Type.Array(
  Type.String({ pattern: '^[0-9A-Fa-f.:]{2,45}(/[0-9]{1,3})?$', examples: ['192.0.2.0/24'] }),
  {
    maxItems: 100,
    uniqueItems: true,
    description: 'Who may send here; nobody is refused while it is empty.',
  },
);
const Host = Type.String({ pattern: '^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$' });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
/** `implicit`: from the first byte; `starttls`: asked for, and required. */
const Tls = OneOf(['implicit', 'starttls', 'none']);
const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\r\\n]+$' });
const Password = Line(1_024);

const SmtpBody = Strict({
  recipients: Type.Optional(Recipients),
  domains: Type.Optional(Domains),
  networks: Type.Optional(Networks),
});
const ImapBody = {
  host: Host,
  port: Type.Optional(Port),
  tls: Type.Optional(Tls),
  user: Line(320),
  password: Password,
  mailbox: Type.Optional(Line(255)),
};
const WebhookBody = Strict({ format: Type.Optional(OneOf(webhookFormats)) });

const Refused = Type.Object({ at: Timestamp, what: Type.String(), reason: Type.String() });

/** A way in which mail comes. One of `smtp`, `imap` and `webhook` is there; no password or secret is ever shown. */
export const MailSource = Type.Object(
  {
    ...ResourceFields,
    kind: OneOf(sourceKinds),
    name: Type.String(),
    active: Type.Boolean(),
    smtp: Nullable(
      Type.Object({
        recipients: Type.Array(Type.String()),
        domains: Type.Array(Type.String()),
        networks: Type.Array(Type.String()),
      }),
    ),
    imap: Nullable(
      Type.Object({
        host: Type.String(),
        port: Port,
        tls: Tls,
        user: Type.String(),
        mailbox: Type.String(),
      }),
    ),
    webhook: Nullable(
      Type.Object({
        format: OneOf(webhookFormats),
        previousSecretUntil: Nullable(
          Type.String({
            ...Timestamp,
            description: 'Until then what is signed with the secret before is taken as well.',
          }),
        ),
      }),
    ),
    status: Type.Object({
      lastMessageAt: Nullable(Timestamp),
      lastError: Nullable(Type.String()),
      lastErrorAt: Nullable(Timestamp),
      failures: Type.Integer({ description: 'In a row.' }),
      refused: Type.Array(Refused, { description: 'The newest messages that were not taken.' }),
    }),
  },
  { $id: 'MailSource' },
);
export type MailSource = Static<typeof MailSource>;

const Secret = Type.String({ description: 'Signs what is sent in; shown this once.' });
/** `secret` is there for webhooks, when it was just made. */
export const MailSourceWithSecret = Type.Object({
  ...MailSource.properties,
  secret: Type.Optional(Secret),
});
export type MailSourceWithSecret = Static<typeof MailSourceWithSecret>;

export const CreateMailSourceBody = Strict({
  kind: OneOf(sourceKinds),
  name: Name,
  active: Type.Optional(Type.Boolean()),
  smtp: Type.Optional(SmtpBody),
  imap: Type.Optional(Strict(ImapBody)),
  webhook: Type.Optional(WebhookBody),
});

export const UpdateMailSourceBody = Strict(
  {
    name: Type.Optional(Name),
    active: Type.Optional(Type.Boolean()),
    smtp: Type.Optional(SmtpBody),
    imap: Type.Optional(
      Strict({
        ...ImapBody,
        host: Type.Optional(Host),
        user: Type.Optional(ImapBody.user),
        password: Type.Optional(Password),
      }),
    ),
    webhook: Type.Optional(WebhookBody),
  },
  { minProperties: 1 },
);

export const RotateMailSourceSecretBody = Strict({
  overlapHours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 720,
      description: 'For so long both secrets are good; 24 unless told. 0: the old one is dead at once.',
    }),
  ),
});

const SourceParams = Strict({ sourceId: Id });
const service = 'email-scanning' as const;

export const createMailSource = defineOperation({
  id: 'createMailSource',
  service,
  method: 'POST',
  path: '/v1/mail/sources',
  summary: 'Open a way for mail to come in',
  description:
    'The object that `kind` names says more: `smtp` whose mail is taken, `imap` which mailbox is read (and left as it is), `webhook` the format of what a provider sends. An address or domain belongs to one tenant.',
  access: 'mail:approve',
  tier: 'WRITE',
  body: CreateMailSourceBody,
  responses: { 201: MailSourceWithSecret },
});

export const listMailSources = defineOperation({
  id: 'listMailSources',
  service,
  method: 'GET',
  path: '/v1/mail/sources',
  summary: 'List the ways in which mail comes, newest first',
  access: 'mail:read',
  tier: 'READ',
  query: Strict({
    ...ListFields,
    kind: Type.Optional(OneOf(sourceKinds)),
    active: Type.Optional(Type.Boolean()),
  }),
  responses: { 200: Page(MailSource) },
});

export const getMailSource = defineOperation({
  id: 'getMailSource',
  service,
  method: 'GET',
  path: '/v1/mail/sources/:sourceId',
  summary: 'Read a source and how it fares',
  access: 'mail:read',
  tier: 'READ',
  params: SourceParams,
  responses: { 200: MailSource },
});

export const updateMailSource = defineOperation({
  id: 'updateMailSource',
  service,
  method: 'PATCH',
  path: '/v1/mail/sources/:sourceId',
  summary: 'Change a source, or switch it off',
  description:
    'Lists are replaced as a whole. With another host, port or user of a mailbox its password has to be given again.',
  access: 'mail:approve',
  tier: 'WRITE',
  params: SourceParams,
  body: UpdateMailSourceBody,
  responses: { 200: MailSource },
});

export const rotateMailSourceSecret = defineOperation({
  id: 'rotateMailSourceSecret',
  service,
  method: 'POST',
  path: '/v1/mail/sources/:sourceId/rotate-secret',
  summary: "Replace a webhook's secret",
  description:
    'The new one is shown this once; what is signed with either is taken until the overlap is over. While that lasts, only a rotation without an overlap is possible: it ends all secrets before.',
  access: 'mail:approve',
  tier: 'WRITE',
  params: SourceParams,
  body: Type.Optional(RotateMailSourceSecretBody),
  responses: { 200: MailSourceWithSecret },
});

/** A message in JSON; the greatest that there is takes a third more in base64. */
export const InboundJson = Strict({
  raw: Type.String({ minLength: 1, description: 'The raw message in base64.' }),
  envelopeFrom: Type.Optional(Type.String({ maxLength: 320 })),
  envelopeTo: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 320 }), { maxItems: 100 })),
  clientIp: Type.Optional(Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })])),
});

export const receiveInbound = defineOperation({
  id: 'receiveInbound',
  service,
  method: 'POST',
  path: '/v1/mail/inbound/:sourceId',
  summary: 'Take in what a provider sends',
  description:
    'Signed instead of authenticated: `x-stockade-signature: t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256 with the secret of the source over `t`, the headers `x-envelope-from`, `x-envelope-to` and `x-client-ip` (empty when absent), each followed by a line feed, and then the body. It holds for five minutes and once. Format `raw`: the body is the message; `json`: `{ raw, envelopeFrom?, envelopeTo?, clientIp? }` with `raw` in base64.',
  access: 'public',
  tier: 'MAIL',
  params: SourceParams,
  headers: Type.Object({
    ...EnvelopeHeaders.properties,
    [signatureHeader]: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
  consumes: ['message/rfc822', 'application/json'],
  bodyLimit: Math.ceil((maxMessageBytes * 4) / 3) + 64 * 1024,
  responses: { 202: AcceptedMessage },
});

/** One of the times that a message came. */
export const MessageDelivery = Type.Object({
  sourceId: Nullable(Id),
  source: Nullable(Type.String()),
  envelopeFrom: Nullable(Type.String()),
  envelopeTo: Type.Array(Type.String()),
  receivedAt: Timestamp,
});
export type MessageDelivery = Static<typeof MessageDelivery>;

export const listMessageDeliveries = defineOperation({
  id: 'listMessageDeliveries',
  service,
  method: 'GET',
  path: '/v1/mail/messages/:messageId/deliveries',
  summary: 'List the ways in which a message came, oldest first',
  description:
    'A message is stored once, however often it comes. Of further deliveries the first 50 are kept.',
  access: 'mail:read',
  tier: 'READ',
  params: MessageParams,
  responses: { 200: Type.Object({ data: Type.Array(MessageDelivery) }) },
});

export const sourceOperations: readonly Operation[] = [
  createMailSource,
  listMailSources,
  getMailSource,
  updateMailSource,
  rotateMailSourceSecret,
  receiveInbound,
  listMessageDeliveries,
];

import { type Static, Type } from 'typebox';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';

export const verdicts = ['clean', 'suspicious', 'malicious'] as const;
export const messageStatuses = ['queued', 'scanning', 'scanned', 'failed'] as const;
export const dispositions = ['delivered', 'quarantined', 'released', 'deleted'] as const;
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** The greatest message that is taken in. */
export const maxMessageBytes = 25 * 1024 * 1024;

/** One thing that the scanner found, with what proves it and a sentence for people. */
export const Finding = Type.Object({
  technique: Type.String(),
  severity: OneOf(severities),
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  explanation: Type.String(),
  evidence: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
});
export type Finding = Static<typeof Finding>;

/** A message and what the scanner says of it. Verdict, score and the rest are null until it is scanned. */
export const Message = Type.Object(
  {
    ...ResourceFields,
    status: OneOf(messageStatuses),
    verdict: Nullable(OneOf(verdicts)),
    score: Nullable(Type.Integer({ minimum: 0, maximum: 100 })),
    disposition: Nullable(OneOf(dispositions)),
    from: Nullable(Type.String()),
    to: Type.Array(Type.String()),
    subject: Nullable(Type.String()),
    sizeBytes: Type.Integer(),
    sha256: Type.String(),
    source: Nullable(Type.String()),
    receivedAt: Timestamp,
    scannedAt: Nullable(Timestamp),
    findings: Type.Array(Finding),
    related: Type.Object({ supplierId: Nullable(Id), purchaseOrderIds: Type.Array(Id) }),
    duplicate: Type.Optional(
      Type.Boolean({ description: 'The tenant has this very message already: nothing new was stored.' }),
    ),
  },
  { $id: 'Message' },
);
export type Message = Static<typeof Message>;

/** The answer to a message that is stored and waits for its scan. */
export const AcceptedMessage = Type.Object({
  id: Id,
  status: OneOf(messageStatuses),
  duplicate: Type.Optional(Type.Boolean()),
});

export const MessageParams = Strict({ messageId: Id });

export const SendMessageQuery = Strict({
  wait: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 10_000, description: 'Milliseconds to wait for the verdict.' }),
  ),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});

export const EnvelopeHeaders = Type.Object({
  'x-envelope-from': Type.Optional(Type.String({ maxLength: 320 })),
  'x-envelope-to': Type.Optional(
    Type.String({ maxLength: 4_000, description: 'Recipients, separated by commas.' }),
  ),
  'x-client-ip': Type.Optional(
    Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })], {
      description: 'Of the server that delivered the message.',
    }),
  ),
});

export const MessageListQuery = Strict({
  ...ListFields,
  status: Type.Optional(OneOf(messageStatuses)),
  verdict: Type.Optional(OneOf(verdicts)),
  disposition: Type.Optional(OneOf(dispositions)),
  supplierId: Type.Optional(Id),
});

export const MessagePage = Page(Message);

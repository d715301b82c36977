import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict } from '../scalars.ts';
import { MessageParams, verdicts } from './schemas.ts';

/** What a person says that a message is. */
export const Feedback = Type.Object(
  {
    ...ResourceFields,
    messageId: Id,
    verdict: OneOf(verdicts),
    reason: Nullable(Type.String()),
    personId: Id,
  },
  { $id: 'Feedback' },
);
export type Feedback = Static<typeof Feedback>;

export const GiveFeedbackBody = Strict({
  verdict: OneOf(verdicts),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' })),
});

const FeedbackParams = Strict({ messageId: Id, feedbackId: Id });
const path = '/v1/mail/messages/:messageId/feedback' as const;
const service = 'email-scanning' as const;

export const giveFeedback = defineOperation({
  id: 'giveFeedback',
  service,
  method: 'POST',
  path,
  summary: 'Say what a message really is',
  description:
    "One for each person and message: saying something else takes back what was said before. The tenant's classifier learns from it, by `clean` and `malicious`; the message itself stays where it is, in quarantine too.",
  access: 'mail:write',
  tier: 'WRITE',
  params: MessageParams,
  body: GiveFeedbackBody,
  responses: { 201: Feedback },
});

export const listFeedback = defineOperation({
  id: 'listFeedback',
  service,
  method: 'GET',
  path,
  summary: 'List what people said of a message, newest first',
  access: 'mail:read',
  tier: 'READ',
  params: MessageParams,
  query: Strict(ListFields),
  responses: { 200: Page(Feedback) },
});

export const getFeedback = defineOperation({
  id: 'getFeedback',
  service,
  method: 'GET',
  path: `${path}/:feedbackId`,
  summary: 'Read what a person said of a message',
  access: 'mail:read',
  tier: 'READ',
  params: FeedbackParams,
  responses: { 200: Feedback },
});

export const withdrawFeedback = defineOperation({
  id: 'withdrawFeedback',
  service,
  method: 'DELETE',
  path: `${path}/:feedbackId`,
  summary: 'Take back what you said of a message',
  description: 'The classifier forgets it. Only the person who gave it may.',
  access: 'mail:write',
  tier: 'WRITE',
  params: FeedbackParams,
  responses: { 204: Type.Undefined() },
});

export const feedbackOperations: readonly Operation[] = [
  giveFeedback,
  listFeedback,
  getFeedback,
  withdrawFeedback,
];

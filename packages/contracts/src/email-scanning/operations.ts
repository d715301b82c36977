import { Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { feedbackOperations } from './feedback.ts';
import { feedOperations } from './feeds.ts';
import { importOperations } from './imports.ts';
import { listOperations } from './lists.ts';
import { policyOperations } from './policy.ts';
import { rescanOperations } from './rescan.ts';
import {
  AcceptedMessage,
  EnvelopeHeaders,
  Message,
  MessageListQuery,
  MessagePage,
  MessageParams,
  maxMessageBytes,
  SendMessageQuery,
} from './schemas.ts';
import { sourceOperations } from './sources.ts';

export * from './feedback.ts';
export * from './feeds.ts';
export * from './imports.ts';
export * from './lists.ts';
export * from './policy.ts';
export * from './rescan.ts';
export * from './schemas.ts';
export * from './sources.ts';

const service = 'email-scanning' as const;

export const sendMessage = defineOperation({
  id: 'sendMessage',
  service,
  method: 'POST',
  path: '/v1/mail/messages',
  summary: 'Send a mail in for scanning',
  description:
    'The body is the raw message. It is stored and scanned off the request: 202 with its id, or with `wait` 200 with the verdict when it is there in time. The same raw message is one message of the tenant.',
  access: 'mail:write',
  tier: 'MAIL',
  query: SendMessageQuery,
  headers: EnvelopeHeaders,
  consumes: ['message/rfc822'],
  bodyLimit: maxMessageBytes,
  responses: { 200: Message, 202: AcceptedMessage },
});

export const listMessages = defineOperation({
  id: 'listMessages',
  service,
  method: 'GET',
  path: '/v1/mail/messages',
  summary: 'List messages, newest first',
  access: 'mail:read',
  tier: 'READ',
  query: MessageListQuery,
  responses: { 200: MessagePage },
});

export const getMessage = defineOperation({
  id: 'getMessage',
  service,
  method: 'GET',
  path: '/v1/mail/messages/:messageId',
  summary: 'Read a message with its verdict and findings',
  access: 'mail:read',
  tier: 'READ',
  params: MessageParams,
  responses: { 200: Message },
});

export const getRawMessage = defineOperation({
  id: 'getRawMessage',
  service,
  method: 'GET',
  path: '/v1/mail/messages/:messageId/raw',
  summary: 'Read the raw message as it came',
  description: 'Each reading is written to the audit trail: mail is personal, and may be harmful.',
  access: 'mail:approve',
  tier: 'READ',
  params: MessageParams,
  produces: 'message/rfc822',
  responses: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
});

export const quarantineMessage = defineOperation({
  id: 'quarantineMessage',
  service,
  method: 'POST',
  path: '/v1/mail/messages/:messageId/quarantine',
  summary: 'Keep a delivered message back',
  access: 'mail:write',
  tier: 'WRITE',
  params: MessageParams,
  responses: { 200: Message },
});

export const releaseMessage = defineOperation({
  id: 'releaseMessage',
  service,
  method: 'POST',
  path: '/v1/mail/messages/:messageId/release',
  summary: 'Let a quarantined message go to its recipients',
  description: 'A payment hold that the message caused stays: purchasing releases it.',
  access: 'mail:approve',
  tier: 'WRITE',
  params: MessageParams,
  responses: { 200: Message },
});

export const emailScanningOperations: readonly Operation[] = [
  sendMessage,
  listMessages,
  getMessage,
  getRawMessage,
  quarantineMessage,
  releaseMessage,
  ...feedbackOperations,
  ...importOperations,
  ...sourceOperations,
  ...policyOperations,
  ...listOperations,
  ...feedOperations,
  ...rescanOperations,
];

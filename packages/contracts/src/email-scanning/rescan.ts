import { defineOperation, type Operation } from '../operation.ts';
import { Message, MessageParams } from './schemas.ts';

export const rescanMessage = defineOperation({
  id: 'rescanMessage',
  service: 'email-scanning',
  method: 'POST',
  path: '/v1/mail/messages/:messageId/rescan',
  summary: 'Scan a message again by what is known today',
  description:
    'In the background. A verdict only becomes worse by it: what turns out malicious is quarantined, and nothing is released.',
  access: 'mail:write',
  tier: 'WRITE',
  params: MessageParams,
  responses: { 202: Message },
});

export const rescanOperations: readonly Operation[] = [rescanMessage];

export type { Attempt } from './attempt.ts';
export type { BreakerOptions, BreakerState } from './breaker.ts';
export { checkMail, maxAttachmentBytes, maxAttachments, maxRecipients } from './check-mail.ts';
export {
  checkMailConfig,
  createProviders,
  type MailConfig,
  mailConfigFields,
  parseMailFrom,
} from './config.ts';
export { createQueuedDelivery, type Delivery, type Lease, type MailQueue } from './delivery.ts';
export type { Address, Attachment, Mail } from './mail.ts';
export {
  type FailureKind,
  type Provider,
  ProviderError,
  type ProviderName,
  type Receipt,
} from './provider.ts';
export { createResendProvider, type ResendOptions } from './resend.ts';
export { messageIdOf, type Round, secondsToNextRound } from './rounds.ts';
export { createMailSender, type MailSender, type MailSenderOptions, type Outcome } from './sender.ts';
export { createSendGridProvider, type SendGridOptions } from './sendgrid.ts';
export { createSmtpProvider, type SmtpOptions } from './smtp.ts';

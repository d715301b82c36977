import type { Check } from '../../types.ts';
import { addressInName } from './address-in-name.ts';
import { brandClaim } from './brand-claim.ts';
import { brandDomain } from './brand-domain.ts';
import { brandName } from './brand-name.ts';
import { oddDate } from './date.ts';
import { disposableSender } from './disposable.ts';
import { domainShape } from './domain-shape.ts';
import { senderEnding } from './ending.ts';
import { freeHostSender } from './free-host.ts';
import { freeMailCompany } from './free-mail.ts';
import { senderHistory } from './history.ts';
import { messageId } from './message-id.ts';
import { ownDomainLookalike } from './own-domain.ts';
import { ownDomainSpoofed } from './own-domain-spoofed.ts';
import { randomSender } from './random-sender.ts';
import { recipients } from './recipients.ts';
import { replyTo } from './reply-to.ts';
import { returnPath } from './return-path.ts';
import { senderHeader } from './sender-header.ts';
import { threadHijack } from './thread-hijack.ts';
import { userName } from './user-name.ts';

/** Who the mail is from, or pretends to be from. */
export const senderChecks: readonly Check[] = [
  brandName,
  brandDomain,
  brandClaim,
  ownDomainLookalike,
  ownDomainSpoofed,
  userName,
  addressInName,
  domainShape,
  randomSender,
  freeMailCompany,
  freeHostSender,
  disposableSender,
  senderEnding,
  replyTo,
  returnPath,
  senderHeader,
  recipients,
  messageId,
  oddDate,
  senderHistory,
  threadHijack,
];

import type { Check } from '../../types.ts';
import { download } from './download.ts';
import { linkEnding } from './ending.ts';
import { forms } from './forms.ts';
import { freeHost } from './free-hosting.ts';
import { hostShape } from './host-shape.ts';
import { ipAddress } from './ip-address.ts';
import { loginLure } from './login-lure.ts';
import { lookalikeLink } from './lookalike.ts';
import { openRedirect } from './open-redirect.ts';
import { pageTricks } from './page-tricks.ts';
import { oddPort } from './port.ts';
import { qrCode } from './qr-code.ts';
import { recipientInLink } from './recipient.ts';
import { scheme } from './scheme.ts';
import { shortener } from './shortener.ts';
import { smuggling } from './smuggling.ts';
import { telephone } from './telephone.ts';
import { textMismatch } from './text-mismatch.ts';
import { userinfo } from './userinfo.ts';

/** Where the mail leads. */
export const linkChecks: readonly Check[] = [
  textMismatch,
  ipAddress,
  userinfo,
  scheme,
  lookalikeLink,
  shortener,
  openRedirect,
  linkEnding,
  freeHost,
  recipientInLink,
  hostShape,
  oddPort,
  loginLure,
  qrCode,
  download,
  forms,
  smuggling,
  pageTricks,
  telephone,
];

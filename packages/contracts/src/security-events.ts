/** How grave an event is: `info` is daily business, `critical` is looked into at once. */
export const severities = ['info', 'notice', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/**
 * The log of the platform itself, which only operators read: what concerns no tenant, or nobody knows whose it is. It is
 * the greatest UUID (RFC 9562), which no tenant can get.
 */
export const platformTenantId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface SecurityEvent {
  readonly severity: Severity;
  /**
   * `change`: the audit entry of a committed change, each recorded. `sampled`: anybody can cause as many as they like;
   * beyond the first ones they are counted, and told of in a summary.
   */
  readonly recorded: 'change' | 'sampled';
  readonly description: string;
}

const change = (severity: Severity, description: string) =>
  ({ severity, recorded: 'change', description }) as const;
const sampled = (severity: Severity, description: string) =>
  ({ severity, recorded: 'sampled', description }) as const;

/** Every security event by the `action` of its audit entry: there is no other list of them. */
export const securityEvents = {
  'gateway.credential.refused': sampled(
    'notice',
    'A call came without a credential, or with a wrong one (401).',
  ),
  'gateway.access.refused': sampled('warning', 'Somebody known may not do what they asked for (403).'),
  'gateway.csrf.failed': sampled(
    'warning',
    "A change or a sign-in came from another site's page, or without its CSRF token (403).",
  ),
  'gateway.limit.exceeded': sampled('warning', 'A rate limit was reached (429).'),
  'gateway.address.refused': sampled('notice', 'A blocked address called without a valid credential (429).'),
  'gateway.address.blocked': sampled(
    'warning',
    'An address was blocked: by too many refusals, or by an operator.',
  ),
  'gateway.address.released': sampled('notice', 'An operator released a blocked address.'),
  'gateway.limit.reset': sampled('notice', 'An operator gave somebody the whole of a limit again.'),
  'gateway.breaker.reset': sampled('notice', "An operator closed a service's circuit breaker."),
  'identity.session.create': change('info', 'Somebody signed in.'),
  'identity.session.end': change('info', 'Somebody signed out.'),
  'identity.sign-in.failed': sampled(
    'notice',
    'A sign-in was refused: the address or the password is wrong, the passkey, or the time for the second step is over.',
  ),
  'identity.link.refused': sampled(
    'notice',
    'A link for a password, an invitation or an address was used that is dead, or that nobody mailed (401).',
  ),
  'identity.account.slowed': change(
    'warning',
    'Somebody guesses at the password of an account: it is slowed.',
  ),
  'identity.mfa.refuse': change('notice', 'A second factor was wrong.'),
  'identity.passkey.refuse': change('notice', 'A passkey was refused.'),
  'identity.totp.confirm': change('notice', 'An authenticator app became a second factor.'),
  'identity.totp.delete': change('notice', 'An authenticator app is a second factor no more.'),
  'identity.recovery-codes.renew': change('notice', 'New recovery codes were made.'),
  'identity.passkey.create': change('notice', 'A passkey was added.'),
  'identity.passkey.delete': change('notice', 'A passkey was removed.'),
  'identity.user.reset-mfa': change(
    'warning',
    "Somebody's second factors were taken away, so that they can begin anew.",
  ),
  'identity.user.invite': change('notice', 'Somebody was invited.'),
  'identity.user.accept-invitation': change('notice', 'An invitation was accepted.'),
  'identity.user.request-password-reset': change('notice', 'A new password was asked for by mail.'),
  'identity.user.reset-password': change('notice', 'A password was set by a link that was mailed.'),
  'identity.user.request-email-change': change('notice', 'Another address was asked for.'),
  'identity.user.change-email': change('notice', "A user's address was changed."),
  'identity.user.create': change('notice', 'A user was made, with a role.'),
  'identity.user.update': change('notice', "A user's role, state, name or password was changed."),
  'identity.user.delete': change('notice', 'A user was removed, with sessions and keys.'),
  'identity.user.change-password': change('notice', 'Somebody changed their own password.'),
  'identity.api-key.create': change('notice', 'An API key was made.'),
  'identity.api-key.rotate': change('notice', 'An API key was replaced by a new one.'),
  'identity.api-key.revoke': change('notice', 'An API key was revoked.'),
  'identity.tenant.create': change('notice', 'A tenant was made.'),
  'identity.tenant.update': change('notice', "A tenant's settings were changed."),
  'email-scanning.signature.failed': sampled(
    'warning',
    'Mail came by a webhook without a signature that holds (401).',
  ),
  'email-scanning.mail-source.create': change('notice', 'A way for mail to come in was made.'),
  'email-scanning.mail-source.update': change('notice', 'A way for mail to come in was changed.'),
  'email-scanning.mail-source.rotate-secret': change('notice', 'A webhook got a new secret.'),
  'audit.retention.update': change('warning', 'How long audit entries are kept was changed.'),
  'audit.legal-hold.place': change('notice', 'A legal hold was placed on audit entries.'),
  'audit.legal-hold.release': change('warning', 'A legal hold on audit entries was released.'),
  'audit.siem-stream.create': change('notice', 'Audit entries are streamed to another system.'),
  'audit.siem-stream.update': change('notice', 'A stream of audit entries was changed, paused or resumed.'),
  'audit.siem-stream.pause': change(
    'warning',
    'A stream of audit entries is paused: its receiver failed for too long.',
  ),
  'audit.siem-stream.delete': change('warning', 'A stream of audit entries was ended.'),
  'audit.siem-stream.rotate-secret': change('notice', 'A stream of audit entries got a new secret.'),
  'platform.principal.refused': sampled(
    'critical',
    'A service was called past the gateway: by somebody inside of the network, without its token (401).',
  ),
} as const satisfies Record<string, SecurityEvent>;

export type SecurityEventType = keyof typeof securityEvents;
type OfKind<K> = {
  [T in SecurityEventType]: (typeof securityEvents)[T]['recorded'] extends K ? T : never;
}[SecurityEventType];
/** Those that are noted where they happen; the others come with the audit entries of changes. */
export type SampledEventType = OfKind<'sampled'>;

/** How grave an audit entry's action is; undefined for those that are no security events. */
export const severityOf = (action: string): Severity | undefined =>
  Object.hasOwn(securityEvents, action) ? securityEvents[action as SecurityEventType].severity : undefined;

/** The actions of a severity. */
export const actionsOf = (severity: Severity): string[] =>
  Object.entries(securityEvents).flatMap(([action, event]) => (event.severity === severity ? [action] : []));

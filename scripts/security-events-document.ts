import { securityEvents, severities } from '@stockade/contracts';

/** The catalogue of security events, as the Markdown of docs/security-events.md. */
export function securityEventsDocument(): string {
  const events = Object.entries(securityEvents);
  const rows = events.map(
    ([type, { severity, recorded, description }]) =>
      `| \`${type}\` | ${severity} | ${recorded === 'change' ? 'each' : 'sampled'} | ${description} |`,
  );
  const counts = severities.map(
    (severity) => `${events.filter(([, event]) => event.severity === severity).length} ${severity}`,
  );
  return `# Security events

Made by \`npm run generate:security-events\` from the catalogue in \`packages/contracts/src/security-events.ts\`, which the code goes by.

Failed and successful sign-ins, refusals, blocks, forged calls, changes of keys and roles: each is a line of the log and an audit entry, with a
severity. The entry's \`action\` is the event's name. There are ${events.length}: ${counts.join(', ')}.

| event | severity | recorded | when |
| --- | --- | --- | --- |
${rows.join('\n')}

## Who reads them

What concerns a tenant is in the tenant's log, and nobody else's: \`GET /v1/audit/entries?severity=warning\`, or \`?action=gateway.access.refused\`
(scope \`audit:read\`). What concerns no tenant, or nobody knows whose it is (a wrong key, a sign-in to an account that does not exist, a blocked
address), and what operators do at the edge, is in the platform's own log: \`GET /v1/admin/audit/entries\`, with the same filters, for operators alone
([decision 0022](decisions/0022-the-platform-has-a-log.md)).

An entry names who called (\`anonymous\` when nobody knows), the address as the trusted proxies tell it, the route's pattern (never the URL), the ids of
request and trace. No credential is in it, and neither is the address that somebody tried to sign in with: people type passwords into the wrong field.

The line has the message \`security-event\` and the fields \`type\`, \`severity\`, \`tenantId\`, \`actorId\`, \`ip\`, \`target\`, \`route\`, \`requestId\`,
\`traceId\`. A warning is logged as \`warn\`, a critical one as \`error\`, the others as \`info\`.

## Under a flood

Changes are recorded each. What anybody can cause as often as they like is **sampled**: in a window of \`SECURITY_EVENTS_WINDOW_SECONDS\` (60) the first
\`SECURITY_EVENTS_PER_SOURCE\` (10) of one kind, tenant and network (an IPv4 address, the /64 of an IPv6) are told one by one. The rest is counted, and told
in one summary when the window is over: \`count\`, \`firstAt\`, \`lastAt\`, by the actor \`summary\`. From too many networks they are counted by tenant
(\`target\` is \`several\`), from too many tenants by kind, in the platform's log. Each event is counted exactly once.

A process makes at most \`SECURITY_EVENTS_MAX\` (200) entries and lines of these in a window, whatever comes. A tenant, and all unknown callers together,
get a quarter of them at most, so that a flood hides nobody else's events. No call waits for any of it.

Entries go into the process's outbox within a tenth of a second, and from there to the audit as every other entry does: once. While the database is away,
2,000 wait in memory; what does not fit is counted and told later (\`late\`), by kind, in the platform's log. A process that is killed loses what was not
in the outbox yet: the last tenth of a second, and the counts of a window that was not over.

## Metrics and alerts

\`stockade_security_events_total{type,severity}\` counts every event, those in summaries included. \`infra/prometheus/security.rules.yml\` has rules to begin
with: any critical event, many failed sign-ins, many refusals.
`;
}

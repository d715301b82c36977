import { type Access, isPublic, type Operation, roleScopes, roles, scopes } from '@stockade/contracts';

const tierWords: Record<Operation['tier'], string> = {
  AUTH: 'AUTH',
  READ: 'READ',
  WRITE: 'WRITE',
  SENSITIVE: '**SENSITIVE**',
  MAIL: 'MAIL',
};

/** Who may make a call, in words of the table. */
function whoMay(access: Access): string {
  if (access === 'public') return 'anyone';
  if (access === 'authenticated') return 'any valid credential';
  if (access === 'operator') return "the platform's operator";
  return `\`${access}\``;
}

const path = (text: string) => text.replaceAll(/:(\w+)/g, '{$1}');

/** The role table and what every call needs, as the Markdown of docs/access.md. */
export function accessDocument(operations: readonly Operation[]): string {
  const matrix = scopes.map(
    (scope) =>
      `| \`${scope}\` | ${roles.map((role) => (roleScopes[role].includes(scope) ? '✓' : '')).join(' | ')} |`,
  );
  const open = operations.filter(isPublic);
  const contexts = [...new Set(open.map(({ service }) => service))];
  const sections = contexts.map((context) => {
    const rows = open
      .filter(({ service }) => service === context)
      .sort((a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'))
      .map(
        (one) =>
          `| ${one.method} | \`${path(one.path)}\` | ${whoMay(one.access)} | ${tierWords[one.tier]} | ${one.summary} |`,
      );
    return [
      `### ${context}`,
      '',
      '| method | path | who may | limit | what it does |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return `# Who may do what

Made by \`npm run generate:access\` from the very table that the gateway and the services go by. What is not in it is refused.

## Roles

A user has one role. An API key has scopes of its own, and can never do more than the role of the user who made it.

| scope | ${roles.join(' | ')} |
| --- | ${roles.map(() => ':---:').join(' | ')} |
${matrix.join('\n')}

Owner and admin differ in one thing: only an owner makes, changes or removes owners and admins. The last owner of a tenant cannot be
removed. A change of a user's role, password or state ends that user's sessions. Approvals need a second person besides: whoever asked
for something cannot approve it, with no role.

## Calls

\`public\` calls need no credential. The limit is that of people; API keys have one of their own (\`KEY\`, and \`MAIL\` for sending mail
in), and each tenant one for all of its callers.

${sections.join('\n')}`;
}

import { countOf, type Law } from './law.ts';

/** While mail comes in, some always waits: what is older should have its verdict, and the audit its entry. */
const settled = "interval '1 minute'";

export const mailLaws: readonly Law[] = [
  {
    number: 9,
    title: 'Each accepted mail ends with exactly one current verdict',
    checks: [
      {
        of: 'messages',
        count: countOf('email_scanning.messages'),
        broken: `
          select tenant_id, id as message_id, status, received_at from email_scanning.messages
          where status <> 'scanned' and received_at < now() - ${settled}`,
      },
      {
        of: 'first verdicts in the audit',
        count: countOf('email_scanning.messages', "status = 'scanned'"),
        broken: `
          select m.tenant_id, m.id as message_id, count(e.id) as entries
          from email_scanning.messages m
          left join audit.entries e on e.tenant_id = m.tenant_id and e.target_id = m.id::text
            and e.action = 'email-scanning.message.scan'
          where m.status = 'scanned' and m.scanned_at < now() - ${settled}
          group by 1, 2 having count(e.id) <> 1`,
      },
    ],
  },
];

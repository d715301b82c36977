import type { Records } from '../records.ts';
import type { Running } from '../world.ts';

/** Each mail that was taken in is there once, with nobody else's; forged ones hold their order's payment. */
export async function checkMails(
  { postgres, stack, mailbox }: Running,
  { mails, holds, orderMails }: Records,
): Promise<string[]> {
  const { tenantId } = stack.credentials;
  const messages = await postgres.query<{ id: string; subject: string; verdict: string }>(
    'select id, subject, verdict from email_scanning.messages where tenant_id = $1',
    [tenantId],
  );
  const bySubject = Map.groupBy(messages, ({ subject }) => subject);
  const wrong: string[] = [];
  for (const subject of new Set([...mails.keys(), ...bySubject.keys()])) {
    const [told, there] = [mails.has(subject) ? 1 : 0, bySubject.get(subject)?.length ?? 0];
    if (told !== there)
      wrong.push(`the mail "${subject}" is there ${there} times, and should be ${told} times`);
  }
  const evidence = await postgres.query<{ message_id: string; order_id: string; n: number }>(
    `select e.message_id, h.purchase_order_id as order_id, count(*)::int as n
     from purchasing.payment_hold_evidence e
     join purchasing.payment_holds h on (h.tenant_id, h.id) = (e.tenant_id, e.hold_id)
     where e.tenant_id = $1 group by 1, 2`,
    [tenantId],
  );
  const held = new Map(evidence.map((row) => [`${row.message_id} ${row.order_id}`, row.n]));
  for (const [subject, orderId] of holds) {
    const [message] = bySubject.get(subject) ?? [];
    const times = held.get(`${message?.id} ${orderId}`) ?? 0;
    if (times !== 1)
      wrong.push(
        `the forged mail "${subject}" (${message?.id}, ${message?.verdict}) holds its order ${orderId} ${times} times, and should once`,
      );
  }
  for (const [number] of orderMails)
    if (!mailbox.mails.some((mail) => mail.includes(number)))
      wrong.push(`the order ${number} was sent, and its supplier has no mail`);
  return wrong;
}

/** What earlier mail taught, and the version of what the tenant knows. */
export interface HistoryTables {
  /** `version` is a bigint: text. */
  knowledge_versions: { tenant_id: string; version: string };
  /** Messages that the tenant sent: answers name them. */
  sent_messages: {
    tenant_id: string;
    message_id_hash: Buffer;
    purchase_order_id: string;
    supplier_id: string;
    sent_at: Date;
  };
  /** How many messages of each sender were judged clean. */
  senders: {
    tenant_id: string;
    kind: 'address' | 'domain';
    value: string;
    clean_messages: number;
    last_seen_on: string;
  };
}

/** What one accepted call did, as the client that sent it was told. Everything a client knows is the sum of these. */
export interface Effect {
  /** Rows that are there since then: `schema.table` and id. */
  made?: [table: string, id: string][];
  /** What a row's column says from now on, unless a later call of the same client changes it. */
  state?: [table: string, id: string, column: string, value: string][];
  /** Audit entries: action and target, one each. */
  audit?: [action: string, targetId: string][];
  /** Changes of what is on hand of an item at a site. */
  stock?: [itemId: string, siteId: string, quantity: number][];
  /** Changes of what is reserved. */
  reserved?: [itemId: string, siteId: string, quantity: number][];
  /** Mails that were taken in, by their subjects: each has its own. */
  mails?: string[];
  /** Mails that must have put a hold on an order, or added their evidence to one: subject and order. */
  holds?: [subject: string, orderId: string][];
  /** Mails that must reach a supplier: the order's number. */
  orderMails?: string[];
}

const add = <K>(map: Map<K, number>, key: K, by: number) => void map.set(key, (map.get(key) ?? 0) + by);

/** The sum of all effects: what has to be there in the end, no more and no less. */
export class Records {
  readonly made = new Map<string, Set<string>>();
  /** By `table id column`. */
  readonly state = new Map<string, string>();
  /** By `action target`. */
  readonly audit = new Map<string, number>();
  /** By `item site`. */
  readonly stock = new Map<string, number>();
  readonly reserved = new Map<string, number>();
  readonly mails = new Map<string, number>();
  readonly holds: [subject: string, orderId: string][] = [];
  readonly orderMails = new Map<string, number>();

  apply(effect: Effect): void {
    for (const [table, id] of effect.made ?? []) {
      const ids = this.made.get(table) ?? new Set();
      this.made.set(table, ids.add(id));
    }
    for (const [table, id, column, value] of effect.state ?? [])
      this.state.set(`${table} ${id} ${column}`, value);
    for (const [action, target] of effect.audit ?? []) add(this.audit, `${action} ${target}`, 1);
    for (const [item, site, quantity] of effect.stock ?? []) add(this.stock, `${item} ${site}`, quantity);
    for (const [item, site, quantity] of effect.reserved ?? [])
      add(this.reserved, `${item} ${site}`, quantity);
    for (const subject of effect.mails ?? []) add(this.mails, subject, 1);
    this.holds.push(...(effect.holds ?? []));
    for (const number of effect.orderMails ?? []) add(this.orderMails, number, 1);
  }
}

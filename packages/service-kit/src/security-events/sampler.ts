import { platformTenantId, type SampledEventType, securityEvents } from '@stockade/contracts';

export interface SamplerLimits {
  /** Entries in a window, single ones and summaries together. */
  max: number;
  /** Single entries for one type, tenant and network. */
  perSource: number;
}

/** What was seen, as it is counted. `at` in milliseconds since the epoch. */
export interface Sighting {
  type: SampledEventType;
  /** The platform's for what concerns no tenant. */
  tenantId: string;
  network: string;
  at: number;
}

/** Events that were counted instead of told one by one. */
export interface Summary {
  type: SampledEventType;
  tenantId: string;
  /** Null when they came from several. */
  network: string | null;
  count: number;
  firstAt: number;
  lastAt: number;
  /** Whether it tells again of what was told before and could not be written down. */
  late: boolean;
}

interface Group extends Summary {
  singles: number;
}

const types = Object.values(securityEvents).filter(({ recorded }) => recorded === 'sampled').length;
/** Those by type alone, and those of what was lost. */
const reserved = 2 * types;

/**
 * Decides which events of a window get an entry of their own; the others are counted, each exactly once: by type, tenant
 * and network; when there are too many networks, by type and tenant; when there are too many of these, by type alone, for
 * the platform. A tenant, or all who are unknown, get no more than a quarter of the entries, so that a flood hides
 * nobody else's events. Each group has a place for its summary from the beginning: `max` holds whatever comes.
 */
export class EventSampler {
  readonly #limits: SamplerLimits;
  readonly #quarter: number;
  readonly #byNetwork = new Map<string, Group>();
  readonly #byTenant = new Map<string, Group>();
  readonly #byType = new Map<string, Group>();
  readonly #lost = new Map<string, Group>();
  readonly #singlesOfTenant = new Map<string, number>();
  #used = reserved;

  constructor(limits: SamplerLimits) {
    this.#limits = limits;
    this.#quarter = Math.floor(limits.max / 4);
  }

  /** Whether the event is to be told by itself; if not, it was counted. */
  admit(sighting: Sighting): boolean {
    const group = this.#groupOf(sighting);
    const singles = this.#singlesOfTenant.get(sighting.tenantId) ?? 0;
    const fits =
      group.singles < this.#limits.perSource &&
      singles < this.#quarter &&
      this.#used < this.#limits.max &&
      this.#byType.get(sighting.type) !== group;
    if (!fits) {
      count(group, 1, sighting.at, sighting.at);
      return false;
    }
    group.singles++;
    this.#used++;
    this.#singlesOfTenant.set(sighting.tenantId, singles + 1);
    return true;
  }

  /** Counts what could not be written down after all, by its type. */
  addLost({ type, count: lost, firstAt, lastAt }: Omit<Summary, 'tenantId' | 'network' | 'late'>): void {
    count(ofType(this.#lost, type, true), lost, firstAt, lastAt);
  }

  /** What was counted in the window that ends with this; the next begins. */
  takeSummaries(): Summary[] {
    const maps = [this.#byNetwork, this.#byTenant, this.#byType, this.#lost];
    const groups = maps.flatMap((map) => [...map.values()]);
    for (const map of maps) map.clear();
    this.#singlesOfTenant.clear();
    this.#used = reserved;
    return groups.filter((group) => group.count > 0).map(({ singles: _, ...summary }) => summary);
  }

  #groupOf({ type, tenantId, network }: Sighting): Group {
    return (
      this.#find(this.#byNetwork, `${type} ${tenantId} ${network}`, { type, tenantId, network }) ??
      this.#find(this.#byTenant, `${type} ${tenantId}`, { type, tenantId, network: null }) ??
      ofType(this.#byType, type, false)
    );
  }

  #find(groups: Map<string, Group>, key: string, of: Pick<Group, 'type' | 'tenantId' | 'network'>) {
    const known = groups.get(key);
    if (known) return known;
    if (groups.size >= this.#quarter || this.#used >= this.#limits.max) return undefined;
    const group = emptyGroup(of);
    groups.set(key, group);
    this.#used++;
    return group;
  }
}

const emptyGroup = (of: Pick<Group, 'type' | 'tenantId' | 'network'>, late = false): Group => ({
  ...of,
  ...{ singles: 0, count: 0, firstAt: Number.POSITIVE_INFINITY, lastAt: 0, late },
});

function ofType(groups: Map<string, Group>, type: SampledEventType, late: boolean): Group {
  const known = groups.get(type);
  if (known) return known;
  const group = emptyGroup({ type, tenantId: platformTenantId, network: null }, late);
  groups.set(type, group);
  return group;
}

function count(group: Group, more: number, firstAt: number, lastAt: number): void {
  group.count += more;
  group.firstAt = Math.min(group.firstAt, firstAt);
  group.lastAt = Math.max(group.lastAt, lastAt);
}

import { ServiceError } from '@stockade/service-kit/errors';
import { networkOf } from '@stockade/service-kit/network';
import type { TaskMetrics } from '@stockade/service-kit/task-metrics';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';
import { type AddressBlock, openBlockStore } from './block-store.ts';
import type { Windows } from './store.ts';

export interface AddressBlocks {
  /** Throws a 429 while the address is blocked. Only for calls without valid credentials: whoever holds one passes. */
  check(address: string): void;
  /** Counts a wrong credential or a failed sign-in; too many block the address. */
  noteRefusal(address: string): Promise<void>;
  /** At most 1,000, those that last longest first. */
  list(): AddressBlock[];
  /** The block that holds: one that lasts longer stays. */
  block(
    address: string,
    block: { seconds?: number | undefined; reason?: string | undefined },
  ): Promise<AddressBlock>;
  /** Whether it was blocked. What was counted is forgotten too. */
  release(address: string): Promise<boolean>;
  close(): Promise<void>;
}

interface Parts {
  config: GatewayConfig;
  windows: Windows;
  log: Logger;
  metrics: TaskMetrics;
  /** Told of an address that is blocked because of what came from it. */
  onBlocked(address: string, seconds: number): void;
}

const maxListed = 1_000;
const refusals = (network: string) => `REFUSED:${network}`;

/** Keeps those out who try credential after credential. */
export async function openAddressBlocks(parts: Parts): Promise<AddressBlocks> {
  const { config, windows, log, metrics, onBlocked } = parts;
  const store = await openBlockStore({
    ...{ config, log, metrics },
    // A gateway that counted for itself would block it again at its next refusal.
    onReleased: (network) => void windows.forget(refusals(network)),
  });
  const write = async (network: string) => {
    if (!(await store.written()))
      log.warn({ network }, 'Not written down yet: other gateways do not know of this change of a block');
  };
  return {
    check(address) {
      const block = store.get(networkOf(address));
      if (!block) return;
      const seconds = Math.max(1, Math.ceil((block.until - Date.now()) / 1_000));
      const message = `Too many wrong credentials came from this address: it is blocked for another ${seconds} s. Calls with a valid credential are answered.`;
      throw new ServiceError('RATE_LIMITED', message, { tier: 'IP', blocked: true }, seconds);
    },
    async noteRefusal(address) {
      const network = networkOf(address);
      const after = config.IP_BLOCK_AFTER;
      const { current } = await windows.hit(refusals(network), config.IP_BLOCK_WINDOW_SECONDS * 1_000, after);
      if (current < after) return;
      const seconds = config.IP_BLOCK_SECONDS;
      store.set({ network, until: Date.now() + seconds * 1_000, by: 'refusals', reason: null });
      log.warn({ network, seconds }, 'An address is blocked: too many wrong credentials came from it');
      onBlocked(address, seconds);
    },
    list: () =>
      store
        .list()
        .sort((a, b) => b.until - a.until)
        .slice(0, maxListed),
    async block(address, { seconds = config.IP_BLOCK_SECONDS, reason }) {
      const network = networkOf(address);
      const asked = {
        network,
        until: Date.now() + seconds * 1_000,
        by: 'operator',
        reason: reason ?? null,
      } as const;
      log.warn({ network, seconds }, 'An address is blocked by an operator');
      store.set(asked);
      await write(network);
      return store.get(network) ?? asked;
    },
    async release(address) {
      const network = networkOf(address);
      await windows.forget(refusals(network));
      await store.reread(network);
      if (!store.get(network)) return false;
      store.remove(network);
      await write(network);
      log.warn({ network }, 'An address is no longer blocked: an operator released it');
      return true;
    },
    close: () => store.close(),
  };
}

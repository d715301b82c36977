import { defineFlag, type FlagDefinition, type FlagValue } from './flag.ts';

/** Every feature flag of Stockade. One that is taken out of the code is taken out here; what is stored of it is then ignored. */
export const catalogue = {
  'inventory.pick-order': defineFlag({
    description:
      'Which of the places whose goods expire at the same time are picked and reserved first: those that are there for longest, or those with the most, so that fewer are walked to. What expires first always comes first.',
    owner: 'inventory',
    since: '2026-11-29',
    tenantMayChange: true,
    variants: { oldest: 'oldest', 'fewest-places': 'fewest-places' },
    defaultVariant: 'oldest',
  }),
  'mail.read-qr-codes': defineFlag({
    description:
      'Whether pictures in mail and in PDFs are searched for QR codes, whose links are then judged as all others. It is the dearest thing that the scanner does.',
    owner: 'email-scanning',
    since: '2026-11-29',
    tenantMayChange: false,
    variants: { on: true, off: false },
    defaultVariant: 'on',
  }),
  'purchasing.automatic-draft-orders': defineFlag({
    description:
      'Whether an item whose stock falls below its reorder point is put into a draft order at once, on the terms of its last order. The draft waits for people as every other does.',
    owner: 'purchasing',
    since: '2026-11-29',
    tenantMayChange: true,
    variants: { on: true, off: false },
    defaultVariant: 'off',
  }),
} as const;

export type FlagKey = keyof typeof catalogue;
/** What a flag can be worth, by its key. */
export type ValueOf<C, K extends keyof C> =
  C[K] extends FlagDefinition<infer V extends FlagValue> ? V : never;

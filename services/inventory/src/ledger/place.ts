import type { Place } from '../tables.ts';

/** Stands for "no location" and "no lot" in keys. */
export const nilId = '00000000-0000-0000-0000-000000000000';
export const orNil = (id: string | null | undefined): string => id ?? nilId;
export const orNull = (id: string): string | null => (id === nilId ? null : id);

export const placeKey = ({ item_id, site_id, location_id, lot_id }: Place): string =>
  `${item_id} ${site_id} ${location_id} ${lot_id}`;

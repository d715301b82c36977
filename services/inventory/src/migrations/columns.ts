/** What every resource's table begins with. */
export const resource = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),`;

export const kept = ['select', 'insert', 'update'] as const;

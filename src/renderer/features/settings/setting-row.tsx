import type { ReactNode } from 'react';

/** One setting: its name and a note on the left, its control on the right. */
export function SettingRow({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-3 py-2.5">
      <div className="min-w-48">
        <p className="font-medium">{name}</p>
        {note && <p className="text-xs text-muted">{note}</p>}
      </div>
      {children}
    </div>
  );
}

import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Tabs } from '../ui/controls/tabs';
import { keepTime } from './time-window';

/** The pages behind "Agents", each a tab. */
const tabs = [
  { value: '/sessions', label: 'Sessions' },
  { value: '/agents', label: 'Set-up' },
] as const;
type AgentsTab = (typeof tabs)[number]['value'];

/** The toolbar on top of the pages about coding agents: which of them, then its controls. */
export function AgentsHeader({ tab, children }: { tab: AgentsTab; children?: ReactNode }) {
  const navigate = useNavigate();
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
      <h1 className="mr-2 text-base font-semibold">Agents</h1>
      <Tabs
        label="Pages about agents"
        look="segment"
        value={tab}
        tabs={tabs}
        onChange={(next) => void navigate({ to: next, search: keepTime })}
      />
      {children}
    </header>
  );
}

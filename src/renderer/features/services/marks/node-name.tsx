import { Database, Globe, type LucideIcon, User } from 'lucide-react';
import type { ServiceEdge } from '../../../../shared/contract/services';
import { showPlainText } from '../../../../shared/show-plain-text';
import { ServiceDot } from '../../../ui/marks/service-dot';

export type NodeKind = Exclude<ServiceEdge['kind'], 'queue'>;

const icons: Record<Exclude<NodeKind, 'service'>, LucideIcon> = {
  database: Database,
  user: User,
  outside: Globe,
};

export const nodeWords: Record<NodeKind, string> = {
  service: 'service',
  database: 'database',
  user: 'requests from outside',
  outside: 'without spans of its own',
};

/** A service with its colour, or what else is called with the sign of its kind. */
export function NodeName({ name, kind }: { name: string; kind: NodeKind }) {
  if (kind === 'service') return <ServiceDot service={name} className="max-w-full" />;
  const Icon = icons[kind];
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-bottom" title={nodeWords[kind]}>
      <Icon size={13} className="shrink-0 text-faint" aria-label={nodeWords[kind]} />
      <span className="truncate">{showPlainText(name) || 'without a name'}</span>
    </span>
  );
}

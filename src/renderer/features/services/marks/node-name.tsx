import { Database, Globe, ListOrdered, type LucideIcon, User } from 'lucide-react';
import type { ServiceEdge } from '../../../../shared/contract/services';
import { showPlainText } from '../../../../shared/show-plain-text';
import { ServiceDot } from '../../../ui/marks/service-dot';

/** What stands at an end of an edge; a queue stands there by itself where spans name it. */
export type NodeKind = Exclude<ServiceEdge['kind'], 'publish' | 'consume'>;

const icons: Record<Exclude<NodeKind, 'service'>, LucideIcon> = {
  database: Database,
  queue: ListOrdered,
  user: User,
  outside: Globe,
};

export const nodeWords: Record<NodeKind, string> = {
  service: 'service',
  database: 'database',
  queue: 'queue',
  user: 'requests from outside',
  outside: 'without spans of its own',
};

interface NodeNameProps {
  name: string;
  kind: NodeKind;
  /** Messaging system of a queue. */
  system?: string | undefined;
}

/** A service with its colour, or what else is called with the sign of its kind. */
export function NodeName({ name, kind, system }: NodeNameProps) {
  if (kind === 'service') return <ServiceDot service={name} cut="middle" className="max-w-full" />;
  const Icon = icons[kind];
  const told = showPlainText(system ?? '');
  const what = told === '' ? nodeWords[kind] : `${nodeWords[kind]} of ${told}`;
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-bottom" title={what}>
      <Icon size={13} className="shrink-0 text-faint" aria-label={what} />
      <span className="truncate">{showPlainText(name) || 'without a name'}</span>{' '}
      {told !== '' && system !== name && (
        <span className="shrink-0 text-2xs font-normal text-faint">{told.slice(0, 24)}</span>
      )}
    </span>
  );
}

/** What stands at one end of an edge. Through a queue without a node of its own one service reaches another. */
export function kindOfNode({ kind }: ServiceEdge, end: 'client' | 'server'): NodeKind {
  if (end === 'client') return kind === 'user' ? 'user' : kind === 'consume' ? 'queue' : 'service';
  if (kind === 'publish') return 'queue';
  return kind === 'database' || kind === 'outside' ? kind : 'service';
}

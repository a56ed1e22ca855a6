import { X } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatPace } from '../../../client/format-pace';
import { ServiceLink } from '../../../page/service-link';
import { IconButton } from '../../../ui/controls/icon-button';
import { Duration } from '../marks/duration';
import { ErrorShare } from '../marks/error-share';
import { NodeName } from '../marks/node-name';
import type { MapNode, ServiceGraph } from './make-graph';

interface NodePanelProps {
  node: MapNode;
  graph: ServiceGraph;
  windowMs: number;
  onSelect: (id: string | null) => void;
}

/** The node that is looked at: its calls in both directions with their numbers, and the way to its page. */
export function NodePanel({ node, graph, windowMs, onSelect }: NodePanelProps) {
  const byId = new Map(graph.nodes.map((each) => [each.id, each] as const));
  const lists = [
    {
      title: node.kind === 'queue' ? 'Published by' : 'Called by',
      other: 'from',
      edges: graph.edges.filter(({ to }) => to === node.id),
    },
    {
      title: node.kind === 'queue' ? 'Taken by' : 'Calls',
      other: 'to',
      edges: graph.edges.filter(({ from }) => from === node.id),
    },
  ] as const;
  return (
    <aside
      aria-label={`Calls of ${showPlainText(node.name)}`}
      className="w-80 shrink-0 overflow-y-auto border-l border-line bg-surface"
    >
      <header className="flex items-center gap-2 border-b border-line px-3 py-2">
        <span className="min-w-0 flex-1 font-semibold">
          <NodeName name={node.name} kind={node.kind} system={node.system} />
        </span>
        {node.kind === 'service' && (
          <ServiceLink service={node.name} className="text-xs text-accent underline-offset-2 hover:underline">
            Open
          </ServiceLink>
        )}
        <IconButton label="Close" size="sm" onClick={() => onSelect(null)}>
          <X size={14} />
        </IconButton>
      </header>
      {lists.map(({ title, other, edges }) => (
        <section key={title} className="px-3 py-2">
          <h2 className="text-xs font-medium text-muted">{title}</h2>
          {edges.length === 0 && <p className="py-1 text-sm text-faint">nobody</p>}
          <ul>
            {edges.map((each) => {
              const { edge } = each;
              const found = byId.get(each[other]);
              return (
                <li key={`${each[other]}\n${edge.kind}`}>
                  <button
                    type="button"
                    className="-mx-1 flex w-[calc(100%+0.5rem)] flex-col rounded px-1 py-1 text-left hover:bg-hover"
                    onClick={() => onSelect(each[other])}
                  >
                    <NodeName name={found?.name ?? ''} kind={found?.kind ?? 'service'} system={found?.system} />
                    <span className="flex gap-3 pl-3.5 text-xs text-muted tabular">
                      <span>{formatPace(edge.requests, windowMs)}</span>
                      <ErrorShare failed={edge.failed} of={edge.requests} what="calls" />
                      <Duration ns={edge.meanNs} />
                      {edge.kind === 'queue' && <span>by queue</span>}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </aside>
  );
}

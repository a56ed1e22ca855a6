import type { Destination } from '../../../shared/contract/destinations';
import { Button } from '../../ui/controls/button';
import { destinationKinds } from './destination-kinds';

/** None yet: what there can be, and what each asks for. */
export function NoDestinations({ onAdd }: { onAdd: (kind: Destination['kind']) => void }) {
  return (
    <section aria-label="Kinds of destinations" className="rounded-lg border border-line bg-surface p-4">
      <p className="max-w-3xl text-muted">
        Add a place to which a copy of your traces, logs and metrics can go, so that others can look at them too. One
        switch starts and stops it. You can drop, hash or mask attributes before anything is sent.
      </p>
      <ul className="mt-3 grid grid-cols-1 gap-3 min-[1000px]:grid-cols-3">
        {destinationKinds.map(({ kind, title, steps, endpointExample }) => (
          <li key={kind} className="flex flex-col gap-2 rounded-md border border-line-strong p-3">
            <h2 className="font-semibold">{title}</h2>
            <p className="flex-1 text-muted">{steps}</p>
            <code className="font-mono text-2xs wrap-anywhere text-muted">{endpointExample}</code>
            <Button tone={kind === 'sumo' ? 'primary' : 'plain'} onClick={() => onAdd(kind)}>
              Add {kind === 'otlp' ? 'an endpoint' : title}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CloudOff, CloudUpload, Plus } from 'lucide-react';
import { client, orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { showToast } from '../../ui/overlays/toast';
import type { PaletteCommand } from './palette-command';

/** One switch for each destination, as it stands when the palette opens. */
export function useDestinationCommands(): PaletteCommand[] {
  const navigate = useNavigate();
  const { data } = useQuery(orpc.destinations.snapshot.queryOptions({ gcTime: 0 }));
  // What cannot send can be told to stop alone.
  const canSend = useHostStatus()?.capabilities.forwarding ?? true;
  const known = data?.destinations ?? [];
  const toggles = known
    .filter(({ enabled }) => enabled || canSend)
    .map(({ id, name, enabled }) => ({
      label: enabled ? `Stop sending to ${name}` : `Send to ${name}`,
      icon: enabled ? CloudOff : CloudUpload,
      keywords: ['toggle', 'cloud', 'destination'],
      run: () => void toggle(id, name, !enabled),
    }));
  return [
    ...toggles,
    {
      label: 'Add a destination',
      icon: Plus,
      keywords: ['cloud', 'sumo', 'grafana cloud', 'otlp'],
      run: () => void navigate({ to: '/destinations', search: { add: 'sumo' } }),
    },
  ];
}

async function toggle(id: string, name: string, enabled: boolean): Promise<void> {
  try {
    await client.destinations.toggle({ id, enabled });
    showToast(enabled ? `A copy goes to ${name}` : `Nothing goes to ${name} any more`);
  } catch (error) {
    showToast('The old setting is still in force', describeError(error).message);
  }
}

import { useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, ExternalLink, Play, ScrollText, Square } from 'lucide-react';
import { backendKinds } from '../../../shared/backend-kinds';
import { theBackend } from '../../../shared/backend-names';
import type { ServicesBackend } from '../../../shared/contract/backend';
import { servicesBackendOf } from '../../../shared/services-backend-of';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { showToast } from '../../ui/overlays/toast';
import type { PaletteCommand } from './palette-command';

/** Backends: start, stop, switch, and what the Docker stack brings. */
export function useStackCommands(): PaletteCommand[] {
  const navigate = useNavigate();
  const status = useHostStatus();
  if (!status) return [];
  const rests = status.state === 'stopped' || status.state === 'failed';
  const grafana = status.endpoints.grafana;
  const others = backendKinds.filter((backend) => backend !== status.backend);
  const commands = others.map(
    (other): PaletteCommand => ({
      label: `Switch to ${theBackend(other)}`,
      icon: ArrowLeftRight,
      keywords: ['backend', ...backendKinds],
      run: () => void navigate({ to: '/stack', search: { switch: other } }),
    }),
  );
  const apart = servicesBackendOf(status);
  if (apart) {
    const name = theBackend(apart);
    commands.unshift(
      rests
        ? {
            label: `Start ${name}`,
            icon: Play,
            keywords: ['up'],
            run: () => void act('start', apart, client.backend.up),
          }
        : {
            label: `Stop ${name}`,
            icon: Square,
            keywords: ['down'],
            run: () => void act('stop', apart, client.backend.down),
          },
    );
    commands.push({
      label: 'Show the log of a service',
      icon: ScrollText,
      keywords: ['container', 'pod', ...status.services.map(({ name }) => name)],
      run: () => void navigate({ to: '/stack', search: { log: 'alloy' } }),
    });
  }
  if (grafana) {
    commands.push({
      label: 'Open Grafana',
      icon: ExternalLink,
      detail: grafana,
      run: () => void window.open(grafana, '_blank', 'noopener,noreferrer'),
    });
  }
  return commands;
}

async function act(
  what: 'start' | 'stop',
  backend: ServicesBackend,
  call: (input: { backend: ServicesBackend }) => Promise<unknown>,
): Promise<void> {
  const name = theBackend(backend);
  showToast(what === 'start' ? `Starting ${name}` : `Stopping ${name}`);
  await call({ backend }).catch((error: unknown) =>
    showToast(`Could not ${what} ${name}`, describeError(error).message),
  );
}

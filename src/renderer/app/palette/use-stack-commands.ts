import { useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, ExternalLink, Play, ScrollText, Square } from 'lucide-react';
import { SwitchableBackend } from '../../../shared/contract/host';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { backendInSentence } from '../../page/describe-backend';
import { showToast } from '../../ui/overlays/toast';
import type { PaletteCommand } from './palette-command';

/** Backends: start, stop, switch, and what the Docker stack brings. */
export function useStackCommands(): PaletteCommand[] {
  const navigate = useNavigate();
  const status = useHostStatus();
  if (!status) return [];
  const rests = status.state === 'stopped' || status.state === 'failed';
  const grafana = status.endpoints.grafana;
  const others = SwitchableBackend.options.filter((backend) => backend !== status.backend);
  const commands = others.map(
    (other): PaletteCommand => ({
      label: `Switch to the ${backendInSentence(other)}`,
      icon: ArrowLeftRight,
      keywords: ['backend', ...SwitchableBackend.options],
      run: () => void navigate({ to: '/stack', search: { switch: other } }),
    }),
  );
  if (status.capabilities.services) {
    commands.unshift(
      rests
        ? {
            label: 'Start the Docker stack',
            icon: Play,
            keywords: ['up'],
            run: () => void act('start', client.stack.up),
          }
        : {
            label: 'Stop the Docker stack',
            icon: Square,
            keywords: ['down'],
            run: () => void act('stop', client.stack.down),
          },
    );
    commands.push({
      label: 'Show the log of a service',
      icon: ScrollText,
      keywords: ['alloy', 'tempo', 'loki', 'prometheus', 'grafana', 'container'],
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

async function act(what: 'start' | 'stop', call: () => Promise<unknown>): Promise<void> {
  showToast(what === 'start' ? 'Starting the Docker stack' : 'Stopping the Docker stack');
  await call().catch((error: unknown) => showToast(`The stack did not ${what}`, describeError(error).message));
}

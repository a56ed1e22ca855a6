import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, CirclePlay } from 'lucide-react';
import { describeEnd, verdictWords } from '../../../shared/runs/describe-outcome';
import { showCommand } from '../../../shared/runs/show-command';
import { showPlainText } from '../../../shared/show-plain-text';
import { orpc } from '../../client/contract-client';
import { keepTime } from '../../page/time-window';
import type { PaletteCommand } from './palette-command';

/** The last run as it stands when the palette opens, and what it is compared with. */
export function useRunCommands(): PaletteCommand[] {
  const navigate = useNavigate();
  const { data } = useQuery(orpc.runs.list.queryOptions({ input: { limit: 1 }, gcTime: 0 }));
  const run = data?.runs[0];
  if (!run) return [];
  const { id, name, outcome } = run;
  const told = [showPlainText(name), describeEnd(run), ...(outcome ? [verdictWords[outcome.verdict]] : [])];
  const open: PaletteCommand = {
    label: `Last run: ${told.join(', ')}`,
    icon: CirclePlay,
    detail: showCommand(run.command),
    keywords: [id, 'command'],
    run: () => void navigate({ to: '/runs/$ref', params: { ref: id }, search: keepTime }),
  };
  if (!outcome || outcome.verdict === 'first') return [open];
  return [
    open,
    {
      label: 'Compare the last run with the one before',
      icon: ArrowLeftRight,
      detail: showPlainText(name),
      keywords: ['diff', 'run'],
      run: () =>
        void navigate({
          to: '/runs/compare',
          search: (before) => ({ ...keepTime(before), before: `${name}~1`, after: id }),
        }),
    },
  ];
}

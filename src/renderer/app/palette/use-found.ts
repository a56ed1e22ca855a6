import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Activity,
  Bookmark,
  Bot,
  ChartLine,
  CircleAlert,
  CirclePlay,
  type LucideIcon,
  Timer,
  Workflow,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { formatClock } from '../../client/format-time';
import { searchPages } from '../../page/query/search-pages';
import { keepTime } from '../../page/time-window';
import { showTemplate } from '../../ui/text/show-template';
import { type Found, type FoundKind, finders } from './find-in-telemetry';
import type { CommandGroup, PaletteCommand } from './palette-command';

const groups: { kind: FoundKind; title: string; icon: LucideIcon }[] = [
  { kind: 'search', title: 'Saved searches', icon: Bookmark },
  { kind: 'service', title: 'Services', icon: Workflow },
  { kind: 'operation', title: 'Operations', icon: Timer },
  { kind: 'metric', title: 'Metrics', icon: ChartLine },
  { kind: 'trace', title: 'Recent traces', icon: Activity },
  { kind: 'error', title: 'Errors', icon: CircleAlert },
  { kind: 'run', title: 'Runs', icon: CirclePlay },
  { kind: 'session', title: 'Agent sessions', icon: Bot },
];
/** A shorter text fits everything. */
const leastTyped = 2;
const pauseMs = 150;
const freshMs = 15_000;

export interface FoundGroups {
  groups: CommandGroup[];
  /** Not everything has answered: that there is nothing is not known. */
  isLooking: boolean;
  /** Titles of what could not be asked. */
  unasked: string[];
}

/** What the text finds in what arrived: asked when typing pauses, given up when it goes on. */
export function useFound(typed: string): FoundGroups {
  const navigate = useNavigate();
  const wanted = typed.trim();
  const text = useAfterPause(wanted);
  const isLooked = text.length >= leastTyped && text.length <= 200;
  const answers = useQueries({
    queries: groups.map(({ kind }) => ({
      queryKey: ['palette', kind, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => finders[kind](text, signal),
      enabled: isLooked,
      staleTime: freshMs,
      gcTime: freshMs,
      retry: false,
    })),
  });
  const open = (found: Found) => {
    switch (found.kind) {
      case 'service':
        return void navigate({ to: '/services/$name', params: { name: found.name }, search: keepTime });
      case 'operation':
        return void navigate({
          to: '/traces',
          search: (before) => ({ ...keepTime(before), q: `{ name = ${JSON.stringify(found.name)} }` }),
        });
      case 'metric':
        return void navigate({ to: '/metrics', search: (before) => ({ ...keepTime(before), metric: found.name }) });
      case 'trace':
        return void navigate({ to: '/traces/$traceId', params: { traceId: found.traceId }, search: keepTime });
      case 'error':
        return void navigate({ to: '/errors', search: { since: '24h', error: found.id } });
      case 'run':
        return void navigate({ to: '/runs/$ref', params: { ref: found.id }, search: keepTime });
      case 'session':
        return void navigate({ to: '/sessions/$ref', params: { ref: found.id }, search: keepTime });
      case 'search':
        return void navigate({
          to: searchPages[found.page].to,
          search: (before) => ({ ...keepTime(before), q: found.query }),
        });
    }
  };
  const found = groups.flatMap(({ title, icon }, index) => {
    const told = isLooked ? (answers[index]?.data ?? []) : [];
    const commands = told.map((each): PaletteCommand => {
      const detail = detailOf(each);
      return {
        label: (each.kind === 'error' ? showTemplate : showPlainText)(each.name).slice(0, 300),
        id: `${each.kind} ${idOf(each)}`,
        icon,
        // The host found it: what was typed need not stand in the label.
        keywords: [text],
        ...(detail !== '' && { detail }),
        run: () => open(each),
      };
    });
    return commands.length > 0 ? [{ title, commands }] : [];
  });
  return {
    groups: found,
    isLooking:
      (wanted !== text && wanted.length >= leastTyped) || (isLooked && answers.some(({ isFetching }) => isFetching)),
    unasked: isLooked ? groups.filter((_, index) => answers[index]?.isError).map(({ title }) => title) : [],
  };
}

function idOf(found: Found): string {
  if (found.kind === 'trace') return found.traceId;
  if (found.kind === 'search') return `${found.page} ${found.name}`;
  return 'id' in found ? found.id : found.name;
}

function detailOf(found: Found): string {
  switch (found.kind) {
    case 'metric':
      return showPlainText(found.help);
    case 'trace':
      return formatClock(found.startNs);
    case 'error':
      return `${formatCount(found.count)} ${found.count === 1 ? 'time' : 'times'}`;
    case 'run':
      return found.command;
    case 'search':
      return showPlainText(found.query);
    default:
      return '';
  }
}

function useAfterPause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

import {
  Activity,
  Bot,
  ChartLine,
  CircleAlert,
  CirclePlay,
  CloudUpload,
  Layers,
  LayoutDashboard,
  Lightbulb,
  type LucideIcon,
  Plug,
  ScrollText,
  Settings,
  Workflow,
} from 'lucide-react';
import type { Signal } from './why-not-answered';

export interface Page {
  to:
    | '/'
    | '/services'
    | '/traces'
    | '/logs'
    | '/metrics'
    | '/errors'
    | '/runs'
    | '/findings'
    | '/sessions'
    | '/stack'
    | '/destinations'
    | '/connect'
    | '/settings';
  title: string;
  icon: LucideIcon;
  /** Second key after `g`. */
  key: string;
  /** Paths of further pages that stand behind the same entry. */
  also?: readonly string[];
  /** Carries the time window of the URL. */
  timed: boolean;
  /** What it shows, where a backend may not have it. */
  signal?: Signal;
}

export const pages: readonly Page[] = [
  { to: '/', title: 'Overview', icon: LayoutDashboard, key: 'o', timed: false },
  { to: '/services', title: 'Services', icon: Workflow, key: 'v', timed: true },
  { to: '/traces', title: 'Traces', icon: Activity, key: 't', timed: true, signal: 'traces' },
  { to: '/logs', title: 'Logs', icon: ScrollText, key: 'l', timed: true, signal: 'logs' },
  { to: '/metrics', title: 'Metrics', icon: ChartLine, key: 'm', timed: true, signal: 'metrics' },
  { to: '/errors', title: 'Errors', icon: CircleAlert, key: 'e', timed: true },
  { to: '/runs', title: 'Runs', icon: CirclePlay, key: 'r', timed: false },
  { to: '/findings', title: 'Findings', icon: Lightbulb, key: 'f', timed: true },
  { to: '/sessions', title: 'Agents', icon: Bot, key: 'a', also: ['/agents'], timed: false },
  { to: '/stack', title: 'Stack', icon: Layers, key: 's', timed: false },
  { to: '/destinations', title: 'Destinations', icon: CloudUpload, key: 'd', timed: false },
  { to: '/connect', title: 'Connect', icon: Plug, key: 'c', timed: false },
  { to: '/settings', title: 'Settings', icon: Settings, key: ',', timed: false },
];

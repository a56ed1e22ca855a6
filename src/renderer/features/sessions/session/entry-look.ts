import {
  Bot,
  CircleAlert,
  Info,
  type LucideIcon,
  MessageSquare,
  Minimize2,
  Reply,
  Sparkles,
  Wrench,
} from 'lucide-react';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';

/** How each kind of entry looks, and what it is called. */
export const entryLooks: Record<SessionEntry['kind'], { icon: LucideIcon; name: string }> = {
  prompt: { icon: MessageSquare, name: 'Prompt' },
  response: { icon: Reply, name: 'Answer' },
  'model-call': { icon: Sparkles, name: 'Model call' },
  'tool-call': { icon: Wrench, name: 'Tool' },
  subagent: { icon: Bot, name: 'Subagent' },
  compaction: { icon: Minimize2, name: 'Compaction' },
  error: { icon: CircleAlert, name: 'Failed model call' },
  note: { icon: Info, name: 'Note' },
};

import type { LucideIcon } from 'lucide-react';

/** Something to do from the command palette. */
export interface PaletteCommand {
  label: string;
  icon: LucideIcon;
  keys?: string;
  /** What it is about, in the words of the machine. */
  detail?: string;
  keywords?: string[];
  run: () => void;
}

import type { LucideIcon } from 'lucide-react';

/** Something to do from the command palette. */
export interface PaletteCommand {
  label: string;
  /** Tells it from another of the same label; without one the label does. */
  id?: string;
  icon: LucideIcon;
  keys?: string;
  /** What it is about, in the words of the machine. */
  detail?: string;
  keywords?: string[];
  run: () => void;
}

/** Commands under one heading. */
export interface CommandGroup {
  title: string;
  commands: PaletteCommand[];
}

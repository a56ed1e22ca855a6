import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useEffect, useRef, useState } from 'react';
import { KeyHint } from '../../ui/marks/key-hint';
import { matchCommand } from './match-command';
import { useCommands } from './use-commands';
import { useFound } from './use-found';

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is looked for; what was typed before the palette stood is in it. */
  text: string;
  onText: (text: string) => void;
  /** Enter was pressed before there was a row: the first that comes is taken. */
  entered: boolean;
  onEntered: (entered: boolean) => void;
  openHelp: () => void;
  openImport: () => void;
}

export function CommandPalette({ open, onOpenChange, ...rest }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[12vh] left-1/2 z-40 w-[min(38rem,92vw)] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-overlay shadow-popup"
        >
          <PaletteList close={() => onOpenChange(false)} {...rest} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type PaletteListProps = { close: () => void } & Omit<CommandPaletteProps, 'open' | 'onOpenChange'>;

function PaletteList({ close, text, onText, entered, onEntered, ...open }: PaletteListProps) {
  const found = useFound(text);
  const groups = useCommands(text, found.groups, open);
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState('');
  const [moved, setMoved] = useState(false);
  const there = groups.flatMap(({ commands }) => commands.map(({ label, id }) => id ?? label)).join('\n');
  // What is found comes later and stands first: Enter means it, unless somebody chose another meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again at what is there
  useEffect(() => {
    if (moved) return;
    // The list puts its rows in order once they are there.
    const frame = requestAnimationFrame(() => {
      const row = list.current?.querySelector<HTMLElement>('[cmdk-item]');
      if (!row) return;
      if (entered) row.click();
      else setChosen(row.getAttribute('data-value') ?? '');
    });
    return () => cancelAnimationFrame(frame);
  }, [there, moved, entered]);
  return (
    <Command
      loop
      label="Commands"
      filter={matchCommand}
      value={chosen}
      onValueChange={setChosen}
      onKeyDown={({ key, ctrlKey }) => {
        if (key.startsWith('Arrow') || key === 'Home' || key === 'End' || ctrlKey) setMoved(true);
        if (key === 'Enter' && !list.current?.querySelector('[cmdk-item][aria-selected="true"]')) onEntered(true);
      }}
      onPointerMove={() => setMoved(true)}
    >
      <Command.Input
        autoFocus
        value={text}
        onValueChange={(next) => {
          setMoved(false);
          onEntered(false);
          onText(next);
        }}
        placeholder="A page, an action, a service, metric, error, run, or a trace id"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-faint"
      />
      <Command.List ref={list} className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted">
          {found.isLooking ? 'Looking' : 'Nothing of that name'}
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group.title}
            heading={group.title}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
          >
            {group.commands.map((command) => (
              <Command.Item
                key={command.id ?? command.label}
                value={command.id ? `${command.label} ${command.id}` : command.label}
                keywords={command.keywords}
                onSelect={() => {
                  close();
                  command.run();
                }}
                className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-selected"
              >
                <command.icon size={15} className="shrink-0 text-muted" aria-hidden />
                <span className="max-w-3/4 shrink-0 grow truncate">{command.label}</span>
                {command.detail && (
                  <code className="min-w-0 truncate font-mono text-xs text-muted">{command.detail}</code>
                )}
                {command.keys && <KeyHint keys={command.keys} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      {found.unasked.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          Could not be asked: {found.unasked.join(', ')}
        </p>
      )}
    </Command>
  );
}

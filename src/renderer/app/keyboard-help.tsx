import { useCurrentPageKeys } from '../page/page-keys';
import { pages } from '../page/pages';
import { paletteKeys } from '../page/palette-keys';
import { KeyHint } from '../ui/marks/key-hint';
import { Dialog } from '../ui/overlays/dialog';

const everywhere = [
  { keys: paletteKeys, label: 'Command palette' },
  { keys: '/', label: 'Search on this page' },
  { keys: '?', label: 'This list' },
  ...pages.map((page) => ({ keys: `g ${page.key}`, label: page.title })),
];

const keyNames: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
  Escape: 'Esc',
};

export function KeyboardHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const page = useCurrentPageKeys();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <KeyList title="Everywhere" entries={everywhere} />
        {page && (
          <KeyList
            title={page.page}
            entries={page.keys.map(({ key, label }) => ({ keys: keyNames[key] ?? key, label }))}
          />
        )}
      </div>
    </Dialog>
  );
}

function KeyList({ title, entries }: { title: string; entries: { keys: string; label: string }[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      <dl className="space-y-1">
        {entries.map(({ keys, label }) => (
          <div key={keys} className="flex items-center justify-between gap-3">
            <dt className="text-sm">{label}</dt>
            <dd>
              <span className="sr-only">{keys}</span>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const lines = [
  {
    text: 'from outside',
    colour: 'var(--color-line-strong)',
    width: 1.5,
    path: 'M1 3a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M5 3H24',
  },
  { text: 'calls, thicker the more', colour: 'var(--color-line-strong)', width: 3 },
  { text: '◆ 5 % and more fail', colour: 'var(--color-bad)', width: 2, dash: '7 4' },
  { text: '▲ ten times as slow as the others', colour: 'var(--color-warn)', width: 2 },
  { text: 'by, to or from a queue', colour: 'var(--color-line-strong)', width: 2, dash: '2 5' },
];

/** What the curves of the map mean. */
export function MapLegend() {
  return (
    <ul className="pointer-events-none absolute right-3 bottom-3 hidden gap-4 rounded-md border border-line bg-surface/90 px-3 py-1.5 text-2xs text-muted min-[1200px]:flex">
      {lines.map(({ text, colour, width, dash, path = 'M0 3H24' }) => (
        <li key={text} className="flex items-center gap-1.5">
          <svg width="24" height="6" aria-hidden>
            <path d={path} fill="none" stroke={colour} strokeWidth={width} strokeDasharray={dash} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

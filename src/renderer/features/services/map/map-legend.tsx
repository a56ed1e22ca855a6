const lines = [
  { text: 'calls, thicker the more', colour: 'var(--color-line-strong)', width: 3 },
  { text: '◆ 5 % and more fail', colour: 'var(--color-bad)', width: 2, dash: '7 4' },
  { text: '▲ ten times as slow as the others', colour: 'var(--color-warn)', width: 2 },
  { text: 'by, to or from a queue', colour: 'var(--color-line-strong)', width: 2, dash: '2 5' },
];

/** What the curves of the map mean. */
export function MapLegend() {
  return (
    <ul className="pointer-events-none absolute right-3 bottom-3 hidden gap-4 rounded-md border border-line bg-surface/90 px-3 py-1.5 text-2xs text-muted min-[1200px]:flex">
      {lines.map(({ text, colour, width, dash }) => (
        <li key={text} className="flex items-center gap-1.5">
          <svg width="24" height="6" aria-hidden>
            <path d="M0 3H24" stroke={colour} strokeWidth={width} strokeDasharray={dash} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

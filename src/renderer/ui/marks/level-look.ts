/** How a level is shown; only what needs attention has a colour of health. */
const levelLooks: Record<string, { text: string; bar: string; fill: string }> = {
  fatal: { text: 'text-bad font-bold', bar: 'bg-bad', fill: 'var(--color-bad)' },
  critical: { text: 'text-bad font-bold', bar: 'bg-bad', fill: 'var(--color-bad)' },
  error: { text: 'text-bad font-semibold', bar: 'bg-bad', fill: 'var(--color-bad)' },
  warn: { text: 'text-warn font-semibold', bar: 'bg-warn', fill: 'var(--color-warn)' },
  info: { text: 'text-accent', bar: 'bg-transparent', fill: 'var(--color-accent)' },
  debug: { text: 'text-muted', bar: 'bg-transparent', fill: 'var(--color-faint)' },
  trace: { text: 'text-faint', bar: 'bg-transparent', fill: 'var(--color-line-strong)' },
  unknown: { text: 'text-faint', bar: 'bg-transparent', fill: 'var(--color-line-strong)' },
};

export function levelLook(level: string) {
  return levelLooks[level] ?? levelLooks.unknown!;
}

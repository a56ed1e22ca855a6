/** Keys as caps: `g t` are two keys one after the other, `Ctrl+K` two at once. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1" aria-hidden>
      {keys.split(' ').map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence of keys
          key={index}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border border-line-strong bg-raised px-1 font-sans text-2xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}

interface QueryExcerptProps {
  query: string;
  /** 0-based place of what is wrong; at the end, something is missing there. */
  position: number;
  /** Characters shown to each side. */
  before: number;
  after: number;
}

/** A query around the place that was refused, with that place marked. */
export function QueryExcerpt({ query, position, before, after }: QueryExcerptProps) {
  return (
    <>
      {position > before && '…'}
      {query.slice(Math.max(0, position - before), position)}
      <span className="rounded-sm bg-bad-soft whitespace-pre text-bad underline decoration-wavy underline-offset-4">
        {query.slice(position, position + 1) || ' '}
      </span>
      {query.slice(position + 1, position + after)}
      {position + after < query.length && '…'}
    </>
  );
}

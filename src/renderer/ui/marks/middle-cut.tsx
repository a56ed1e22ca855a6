/** Shorter ones are cut at their end. */
const short = 30;
const keptEnd = 16;

/** A name on the line of a flex row. Long names beside each other begin alike: what is cut is their middle. */
export function MiddleCut({ name }: { name: string }) {
  if (name.length <= short) return <span className="truncate">{name}</span>;
  const end = name.slice(-keptEnd);
  const part = end.slice(Math.max(0, end.search(/[-_./ ]/)));
  return (
    <>
      <span className="truncate">{name.slice(0, -part.length)}</span>
      <span className="shrink-0 whitespace-pre">{part}</span>
    </>
  );
}

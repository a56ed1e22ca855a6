import { showPlainText } from '../../../shared/show-plain-text';

/** What an answer does not hold, and why: a sentence each. Nothing where it holds everything. */
export function LeftOut({ sentences, title = 'Not in here' }: { sentences: readonly string[]; title?: string }) {
  if (sentences.length === 0) return null;
  return (
    <section className="rounded-lg border border-dashed border-line-strong px-3 py-2 text-sm">
      <h2 className="font-medium">{title}</h2>
      <ul className="list-disc pl-5 text-muted">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {showPlainText(sentence)}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { showPlainText } from '../../../shared/show-plain-text';

/** A template of lines or of errors, `<*>` where they vary: what varies stands out as `…`. */
export function TemplateText({ template }: { template: string }) {
  if (template === '') return <span className="text-faint">(empty line)</span>;
  return showPlainText(template)
    .split('<*>')
    .map((part, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in their places
      <span key={index}>
        {index > 0 && (
          <span
            title="This varies"
            className="mx-px rounded-sm bg-selected inset-ring inset-ring-accent/25 px-1 text-accent"
          >
            …
          </span>
        )}
        {part}
      </span>
    ));
}

import { showToast } from '../overlays/toast';

/**
 * Puts `text` on the clipboard and says so: `what` completes "Copied …". Outside a secure context the asynchronous
 * clipboard is missing; the copy event of a selection works there.
 */
export async function copyText(text: string, what: string): Promise<boolean> {
  const copied = navigator.clipboard
    ? await navigator.clipboard.writeText(text).then(
        () => true,
        () => copyBySelection(text),
      )
    : copyBySelection(text);
  showToast(copied ? `Copied ${what}` : `Could not copy ${what}`, copied ? firstLine(text) : 'The browser refused.');
  return copied;
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'fixed -top-96';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

function firstLine(text: string): string {
  const lines = text.trimEnd().split('\n');
  const first = (lines[0] ?? '').slice(0, 120);
  return lines.length > 1 ? `${first} … ${lines.length} lines` : first;
}

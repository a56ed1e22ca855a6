import { showPlainText } from '../../../shared/show-plain-text';

/** A name or a line in which `<*>` stands for what varies, as the panel writes it on one tone: with `…` there. */
export function showTemplate(template: string): string {
  return showPlainText(template).replaceAll('<*>', '…');
}

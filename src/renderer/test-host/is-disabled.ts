/** Whether a control cannot be used now, said by its own attribute or to assistive technology. */
export function isDisabled(control: HTMLElement): boolean {
  return control.hasAttribute('disabled') || control.getAttribute('aria-disabled') === 'true';
}

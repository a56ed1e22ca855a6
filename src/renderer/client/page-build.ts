/** Whether the host serves another build of the panel than this page is of; false where that cannot be known. */
export async function isOtherBuildServed(page: Document, ask: typeof fetch = fetch): Promise<boolean> {
  const script = page.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!script) return false;
  try {
    const answer = await ask('/', { headers: { accept: 'text/html' } });
    return answer.ok && !(await answer.text()).includes(script.replace(/^\.?\//, ''));
  } catch {
    return false;
  }
}

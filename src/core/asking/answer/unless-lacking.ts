/** An answer, or something else where the backend refuses or does not answer: what it lacks is left out, and the rest is told. */
export async function unlessLacking<Answer, Instead>(
  answer: Promise<Answer>,
  instead: Instead,
  { signal }: { signal: AbortSignal },
): Promise<Answer | Instead> {
  try {
    return await answer;
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as { code?: string };
    if (code === 'UNAVAILABLE' || code === 'QUERY') return instead;
    throw error;
  }
}

import { useEffect, useRef, useState } from 'react';

const settleMs = 250;

/** The text of an input that is taken over when typing pauses; a value that changes elsewhere replaces it. */
export function useSettledText(value: string, onSettle: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const settle = useRef(onSettle);
  settle.current = onSettle;
  /** What was settled comes back as the value a moment later: more may have been typed by then. */
  const settled = useRef(value);
  useEffect(() => {
    if (value !== settled.current) setText(value);
    settled.current = value;
  }, [value]);
  useEffect(() => {
    if (text === settled.current) return;
    const timer = setTimeout(() => {
      settled.current = text;
      settle.current(text);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}

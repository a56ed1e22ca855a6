import { useEffect, useState } from 'react';
import { Input } from '../../ui/controls/input';

interface ServiceNameInputProps {
  value: string;
  onCommit: (name: string) => void;
}

const settleMs = 400;
const maxLength = 200;

/** Takes the name over when typing pauses; an empty name is not taken. */
export function ServiceNameInput({ value, onCommit }: ServiceNameInputProps) {
  const [text, setText] = useState(value);
  const name = text.trim();
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (name === '' || name === value) return;
    const timer = setTimeout(() => onCommit(name), settleMs);
    return () => clearTimeout(timer);
  }, [name, value, onCommit]);
  return (
    <Input
      mono
      aria-label="Service name"
      className="w-56"
      maxLength={maxLength}
      value={text}
      invalid={name === ''}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

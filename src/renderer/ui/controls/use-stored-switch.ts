import { useState } from 'react';

/** On or off, remembered by this browser under `name`; off at first. */
export function useStoredSwitch(name: string): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(name) === 'on');
  const change = (next: boolean) => {
    localStorage.setItem(name, next ? 'on' : 'off');
    setOn(next);
  };
  return [on, change];
}

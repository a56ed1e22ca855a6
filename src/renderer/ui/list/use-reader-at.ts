import { type FocusEventHandler, type PointerEventHandler, type UIEventHandler, useRef, useState } from 'react';

interface ReaderAt {
  /** A row is under the pointer, has the focus, or was scrolled to: none may move then. */
  at: boolean;
  /** Of the element that scrolls the rows. */
  handlers: {
    onScroll: UIEventHandler<HTMLElement>;
    onPointerEnter: PointerEventHandler<HTMLElement>;
    onPointerMove: PointerEventHandler<HTMLElement>;
    onPointerLeave: PointerEventHandler<HTMLElement>;
    onFocus: FocusEventHandler<HTMLElement>;
    onBlur: FocusEventHandler<HTMLElement>;
  };
}

/** Whether the reader is at a live list, whose rows hold still meanwhile. */
export function useReaderAt(): ReaderAt {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [away, setAway] = useState(false);
  const entered = useRef({ clientX: 0, clientY: 0 });
  return {
    at: pointed || focused || away,
    handlers: {
      onScroll: ({ currentTarget }) => setAway(currentTarget.scrollTop > 2),
      // A pointer that lies where the page comes up enters without a movement, and points at nothing.
      onPointerEnter: ({ clientX, clientY }) => {
        entered.current = { clientX, clientY };
      },
      onPointerMove: ({ clientX, clientY }) => {
        if (clientX !== entered.current.clientX || clientY !== entered.current.clientY) setPointed(true);
      },
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}

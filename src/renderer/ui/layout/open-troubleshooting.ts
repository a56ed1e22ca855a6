import { createContext } from 'react';
import type { ProblemKind } from '../../../shared/problem-kinds';

/** Opens the document about problems, at the line of a kind; filled by the frame, null where there is nothing to open it in. */
export const OpenTroubleshooting = createContext<((kind: ProblemKind | null) => void) | null>(null);

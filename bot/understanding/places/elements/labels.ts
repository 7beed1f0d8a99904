import { ELEMENT_TYPES } from "./element-types.ts";

/** Types of elements by number, and behind them the label of a character that belongs to none. */
export const LABELS = ELEMENT_TYPES.length + 1;
export const NO_ELEMENT = ELEMENT_TYPES.length;

/** Where a character stands in its element: first, inside, last, or alone. */
export const FIRST = 0;
export const INSIDE = 1;
export const LAST = 2;
export const ALONE = 3;

/** The column of a character's weights for standing so in an element of `label`. */
export const columnOf = (label: number, stand: number): number => label * 4 + stand;
export const OUTSIDE_COLUMN = NO_ELEMENT * 4;
export const CHARACTER_COLUMNS = OUTSIDE_COLUMN + 1;

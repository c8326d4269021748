/**
 * How a link stands, as a number in the session file: part of the format. `lost` and what comes after it is trouble.
 */
export const STANDING = { connecting: 0, open: 1, ended: 2, lost: 3, refused: 4, attempt: 5 } as const;
export type Standing = keyof typeof STANDING;

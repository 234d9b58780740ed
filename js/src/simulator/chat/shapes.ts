/** A cross. */
export const CLOSE = "M6 6l12 12M18 6L6 18";
/** An exclamation mark in a triangle. */
export const INVALID = "M12 3.5L22 20.5H2zM12 10v4.5M12 17.6v.1";
/** A camera. */
export const VIDEO = "M4 6h11v12H4zM15 10.5l6-3.5v10l-6-3.5";
/** Head and shoulders. */
export const PERSON = "M12 3.5a4 4 0 0 1 0 8 4 4 0 0 1 0-8zM4 21v-1a8 6 0 0 1 16 0v1";

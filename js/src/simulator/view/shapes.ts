/** One shape for each status of the button. */
export const SHAPES = {
  // An envelope.
  offline:
    "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.5 6.5l8.5 7 8.5-7",
  // A speech bubble with two lines in it.
  online:
    "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7.5 9h9M7.5 12.5h6",
  // An hourglass.
  busy: "M6 3h12M6 21h12M7.5 3v4l9 10v4M16.5 3v4l-9 10v4",
} as const;

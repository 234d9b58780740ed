/**
 * Hears Escape twice, and then Tab: the way out of a script that keeps the focus to itself. It is
 * heard ahead of any other script's listener, and in this very document only.
 *
 * @param leave - called with whether the way is back, as with Shift.
 */
export function hearWayOut(leave: (back: boolean) => void): void {
  let escapes = 0;
  const hear = (event: KeyboardEvent) => {
    const { key, shiftKey, repeat } = event;
    if (key === "Shift" || repeat) return;
    if (key === "Tab" && escapes >= 2) {
      event.preventDefault();
      event.stopImmediatePropagation();
      leave(shiftKey);
    }
    escapes = key === "Escape" ? escapes + 1 : 0;
  };
  addEventListener("keydown", hear, { capture: true });
  // Whoever goes on with the pointer does not want to leave.
  addEventListener("pointerdown", () => (escapes = 0), { capture: true });
}

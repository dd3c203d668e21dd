/** Tells the second half of a double click, which lands on what has just appeared under the finger, from a wish. */

/** A person needs longer than this to read a new button and press it. */
const STRAY_MS = 400;

/**
 * @param eventMs when it was pressed, not when the page got round to it, ms of the window's clock
 * @param shownMs when what was pressed appeared, same clock
 */
export function isStray(eventMs: number, shownMs: number): boolean {
  return eventMs - shownMs < STRAY_MS;
}

/** Two ways of using a page: by finger, and by keys alone. What a journey does is told once, for both. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Hand {
  /** Presses a button, opens a link, ticks a box. */
  press(target: Locator): Promise<void>;
  /** Chooses one of several and goes on with it. */
  choose(radio: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

export function fingersOn(): Hand {
  return {
    press: (target) => target.click(),
    choose: (radio) => radio.click(),
    type: (field, text) => field.fill(text),
  };
}

export function keysOn(page: Page): Hand {
  return {
    async press(target) {
      await tabTo(page, target);
      const isBox = (await target.getAttribute('type')) === 'checkbox';
      await page.keyboard.press(isBox ? 'Space' : 'Enter');
    },
    async choose(radio) {
      // One stop for the whole group: arrows walk within it.
      const name = await radio.getAttribute('name');
      const group = page.locator(`input[type=radio][name="${name}"]`);
      await tabTo(page, group);
      for (let pressed = 0; pressed < (await group.count()) && !(await isFocused(radio)); pressed++)
        await page.keyboard.press('ArrowDown');
      await expect(radio).toBeFocused();
      await page.keyboard.press('Space');
      await expect(radio).toBeChecked();
      await page.keyboard.press('Enter');
    },
    async type(field, text) {
      await tabTo(page, field);
      await page.keyboard.type(text);
    },
  };
}

/** More stops than any page of the programme has. */
const MOST_STOPS = 80;

/** Walks by Tab until one of the elements has the focus. Each stop on the way shows where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(unseenFocus);
    expect(unseen, 'a stop without a mark').toBeNull();
    if (await isFocused(target)) return;
  }
  throw new Error(`The Tab key does not reach ${String(target)}.`);
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
}

/** Runs in the page. @returns null where the focused element, or the face that is drawn for it, carries an outline */
function unseenFocus(): string | null {
  const focused = document.activeElement;
  // Between the last stop and the first one the browser's own bars have the focus.
  if (focused === null || focused === document.body) return null;
  // On the calendar within a date field, which the browser draws and marks itself.
  if (focused.matches('input[type=date]:not(:focus-visible)')) return null;
  const faces = [focused, focused.nextElementSibling, focused.parentElement].filter((face) => face !== null);
  const isMarked = faces.some((face) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(face);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return isMarked ? null : focused.outerHTML.slice(0, 200);
}

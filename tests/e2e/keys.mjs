// The page as somebody without a pointer has it.

import assert from 'node:assert/strict';

/** More stops than any view has; a page with more would be a burden of its own. */
const MOST_STOPS = 160;

/** Presses Tab, or Shift+Tab, until an element that `selector` names has the focus. */
export async function reach(page, selector, key = 'Tab') {
  for (let n = 0; n < MOST_STOPS; n += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) {
      await assertSeen(page);
      return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not reach ${selector}`);
}

/** Waits until what `selector` names has the focus; `why` says what that shows. */
export async function hasFocus(page, selector, why = selector) {
  const isThere = (selector) => document.activeElement.matches(selector);
  await page.waitForFunction(isThere, selector, { timeout: 5000 }).catch(async () => {
    assert.fail(`the focus is on ${await stopOf(page)}: ${why}`);
  });
}

/**
 * All stops of the page from its first one to its last, in words; each of them shows
 * that it has the focus, and the last one lets it go.
 */
export async function allStops(page) {
  await page.locator('a').first().focus();
  return [await stopOf(page), ...(await stopsTo(page, 'Tab'))];
}

/**
 * The same from the last to the first, after `allStops` went past the last. The window
 * has no controls of its own: from the first stop the way leads to the last one again.
 */
export async function allStopsBack(page) {
  return stopsTo(page, 'Shift+Tab');
}

async function stopsTo(page, key) {
  const stops = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press(key);
    const { stop, fault } = await standing(page);
    if (stop === null || (key === 'Shift+Tab' && stop === stops[0])) return stops;
    assert.equal(fault, null);
    stops.push(stop);
  }
  assert.fail(`no end after ${MOST_STOPS} stops: ${stops.slice(-5).join(', ')}`);
}

/** The element with the focus as a name that is its own; null where none has it. */
const stopOf = async (page) => (await standing(page)).stop;

/** Whoever has the focus shows it, within the window. */
async function assertSeen(page) {
  assert.equal((await standing(page)).fault, null);
}

/** Where the focus is, and what is wrong with how it shows; each null where there is none. */
function standing(page) {
  return page.evaluate(async () => {
    const element = document.activeElement;
    if (element === document.body) return { stop: null, fault: null };
    // What is far below is laid out when it comes near, which moves it.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const all = [...document.body.querySelectorAll('*')];
    const words = element.id || element.getAttribute('aria-label') || element.textContent.trim().slice(0, 40);
    return { stop: `${all.indexOf(element)} ${element.localName} ${words}`, fault: faultOf(element) };

    function faultOf(element) {
      // A file input is out of sight; its label is what one sees.
      const seen = element.matches('input[type=file]') ? element.nextElementSibling : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(seen);
      const name = element.id || element.className || element.localName;
      if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return `${name} shows no focus`;
      const { top, bottom, width, height } = seen.getBoundingClientRect();
      if (width === 0 || height === 0) return `${name} has no size`;
      if (bottom <= 0 || top >= innerHeight) return `${name} is out of the window, ${top} to ${bottom}`;
      return null;
    }
  });
}

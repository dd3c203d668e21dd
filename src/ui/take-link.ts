/** Links that carry a file: out of the address at once, and kept for this tab until somebody says what to do with it. */
const KEPT = 'thora-take';
const FRAGMENT = /^#\/?(take=.*)$/s;

/** Called before the first page is drawn, and with each change of the address. */
export function watchForLinks(target: Window = window): void {
  const take = (): void => {
    const found = FRAGMENT.exec(target.location.hash)?.[1];
    if (found === undefined) return;
    target.sessionStorage.setItem(KEPT, found);
    target.history.replaceState(null, '', '#/take');
  };
  take();
  target.addEventListener('hashchange', take);
}

/** The fragment that came last; null: none waits. */
export function waitingLink(): string | null {
  return sessionStorage.getItem(KEPT);
}

export function forgetLink(): void {
  sessionStorage.removeItem(KEPT);
}

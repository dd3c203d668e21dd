/** Which end of a server began a login in this tab: by it the page knows where to go on. */
export const LOGIN_PARTY = 'thora-login-party';
/** The page on which it was begun: one comes back there. */
export const LOGIN_FROM = 'thora-login-from';

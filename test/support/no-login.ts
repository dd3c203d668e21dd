import type { ServerLogin } from '../../src/app/server/server-login.ts';

const none = () => Promise.reject(new Error('Nobody logs in here.'));

/** For servers that are open to all. */
export const NO_LOGIN: ServerLogin = {
  isOffered: async () => false,
  isIn: () => false,
  begin: none,
  finish: none,
  enter: () => undefined,
  accessToken: async () => null,
  forget: () => undefined,
};

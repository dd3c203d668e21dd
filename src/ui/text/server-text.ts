/** Words about a clinic's server: what came between, and what to do. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { LeftAloneCode, ServerProblemCode } from '../server-ports.ts';
import type { ProblemWords } from './problem-text.ts';

export function serverProblemWords(code: ServerProblemCode): ProblemWords {
  switch (code) {
    case 'notAnAddress':
      return {
        tone: 'warn',
        happened: msg`This is not an address of a server.`,
        next: msg`Type it as your clinic gave it to you. It begins with https.`,
      };
    case 'notSecure':
      return {
        tone: 'stop',
        happened: msg`This server has no safe connection.`,
        next: msg`Ask your clinic for an address that begins with https.`,
      };
    case 'offline':
      return {
        tone: 'info',
        happened: msg`The server cannot be reached.`,
        next: msg`Nothing is lost. What waits is sent the next time you are online.`,
      };
    case 'slow':
      return {
        tone: 'info',
        happened: msg`The server took too long to answer.`,
        next: msg`Nothing is lost. Try again in a while.`,
      };
    case 'busy':
      return {
        tone: 'info',
        happened: msg`The server asks us to wait.`,
        next: msg`Nothing is lost. Try again in a few minutes.`,
      };
    case 'notFhir':
      return {
        tone: 'warn',
        happened: msg`The answer from this address is not that of a health record server.`,
        next: msg`Check the address with your clinic.`,
      };
    case 'serverFault':
      return {
        tone: 'warn',
        happened: msg`The server has a fault.`,
        next: msg`Nothing is lost. Try again later.`,
      };
    case 'refused':
      return {
        tone: 'warn',
        happened: msg`The server would not take something.`,
        next: msg`Show the details to whoever looks after the server.`,
      };
    case 'loginNeeded':
      return {
        tone: 'info',
        happened: msg`The server asks you to log in again.`,
        next: msg`Log in. What waits is kept until then.`,
      };
    case 'loginRefused':
      return {
        tone: 'warn',
        happened: msg`The login was not finished.`,
        next: msg`Log in again when you are ready.`,
      };
    case 'foreignLogin':
      return {
        tone: 'stop',
        happened: msg`This login is for another server or another app. It was not used.`,
        next: msg`Log in again from this page.`,
      };
    case 'clockOff':
      return {
        tone: 'warn',
        happened: msg`The clock of this device and that of the server differ too much.`,
        next: msg`Set the clock of this device, then log in again.`,
      };
    case 'notAllowed':
      return {
        tone: 'warn',
        happened: msg`The server does not let this app do that.`,
        next: msg`Ask your clinic to allow it.`,
      };
    case 'notFound':
      return {
        tone: 'warn',
        happened: msg`The server does not know this patient.`,
        next: msg`Check the number with your clinic.`,
      };
    case 'tooLarge':
      return {
        tone: 'warn',
        happened: msg`This recording is too large for the server.`,
        next: msg`Save it as a file and give that to your clinic.`,
      };
    case 'notPaired':
      return {
        tone: 'info',
        happened: msg`You are not paired with your clinic yet.`,
        next: msg`Compare the code first: Me, From your clinic.`,
      };
    case 'stopped':
      return {
        tone: 'info',
        happened: msg`You stopped the exchange.`,
        next: msg`What is left goes out the next time.`,
      };
    case 'elsewhere':
      return {
        tone: 'stop',
        happened: msg`The server pointed to another address. It was not followed.`,
        next: msg`Tell whoever looks after the server.`,
      };
  }
}

/** Why something on the server was not taken in. */
export function leftAloneWords(code: LeftAloneCode): MessageDescriptor {
  switch (code) {
    case 'foreignPlan':
      return msg`a plan that another system made`;
    case 'otherPatient':
      return msg`is about another person`;
    case 'notSigned':
      return msg`not signed by whom this device is paired with`;
    case 'altered':
      return msg`changed after it was signed`;
    case 'invalid':
      return msg`something in it cannot be right`;
    case 'newerVersion':
      return msg`written by a newer Thora; reload this one to update it`;
    case 'replayed':
      return msg`older than the plan that holds here`;
  }
}

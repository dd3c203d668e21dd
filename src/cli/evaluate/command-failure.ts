/** Nothing could be done: one line for the person, naming the file and the field or option. */
export class CommandFailure extends Error {}

/** First sentence of what Node says of a command line: it adds hints over several lines. */
export function parseComplaint(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = message] = message.split('\n');
  const [sentence = line] = line.split('. ');
  return `${sentence.replace(/\.$/, '')}; see --help`;
}

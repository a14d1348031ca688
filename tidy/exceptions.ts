/**
 * Holds the exceptions to a rule: each with its reason, each still needed.
 *
 * An exception that nobody uses any more is a hole that nobody sees; the rule fails until it is taken off the list.
 */
export interface Exception {
  readonly path: string;
  /** What the rule would object to there. */
  readonly what: string;
  readonly reason: string;
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** The findings that no exception covers, and the exceptions that cover nothing, as sentences. */
export function judge(findings: readonly Finding[], exceptions: readonly Exception[]): string[] {
  const covers = (exception: Exception, finding: Finding): boolean =>
    exception.path === finding.path && exception.what === finding.what;
  const open = findings
    .filter((finding) => !exceptions.some((exception) => covers(exception, finding)))
    .map((finding) => `${finding.path}:${finding.line} ${finding.what}`);
  const unused = exceptions
    .filter((exception) => !findings.some((finding) => covers(exception, finding)))
    .map((exception) => `${exception.path} is excepted for ${exception.what} and no longer needs it`);
  return [...open, ...unused];
}

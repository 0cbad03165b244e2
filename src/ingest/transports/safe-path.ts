/**
 * The steps of a relative path that a feed names, or undefined where it tries to leave its folder: absolute
 * paths, drive letters, `..`, NUL and hidden steps are refused. Backslashes count as slashes.
 */
export function safeSteps(path: string): readonly string[] | undefined {
  if (path === '' || path.length > 1024 || path.includes('\0') || /^[A-Za-z]:/.test(path)) return undefined;
  const steps = path.split(/[\\/]/);
  const unsafe = steps.some((step) => step === '' || step.startsWith('.') || step.length > 255);
  return unsafe ? undefined : steps;
}

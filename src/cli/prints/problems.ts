import { EXIT } from '../../errors.ts';
import type { FolderPrint } from '../../match/print/tools/folder.ts';
import { printStep } from '../output.ts';

function tell(text: string): void {
  process.stderr.write(`benchlink: ${text}\n`);
}

/** Files whose resolution had to be assumed, in one line however many there are. */
function tellAssumed(prints: readonly FolderPrint[]): void {
  const assumed = prints.filter((print) => print.ppiAssumed);
  if (assumed.length === 0) return;
  const [first] = assumed;
  const which = assumed.length === 1 ? first!.name : `${assumed.length} prints (${first!.name}, ...)`;
  tell(`${which}: no resolution a print can have is stated, 500 ppi was taken; --ppi gives the true one`);
}

/** Names of the prints whose resolution is assumed, and those whose resolution is probably wrong, for JSON. */
export function resolutions(prints: readonly FolderPrint[]) {
  return {
    ppiAssumed: prints.filter((print) => print.ppiAssumed).map(({ name }) => name),
    wrongResolution: prints.flatMap(({ name, doubt }) => (doubt ? [{ name, message: doubt }] : [])),
  };
}

/**
 * Names on stderr what could not be read, what was read but shows nothing, and what was read at a resolution that is
 * assumed or probably wrong; answers the exit code.
 */
export function tellProblems(prints: readonly FolderPrint[]): number {
  const broken = prints.filter((print) => print.problem);
  for (const { name, problem } of broken) tell(`${name}: ${problem!.code}: ${problem!.message}`);
  const step = broken.map(({ problem }) => printStep(problem!.code)).find(Boolean);
  if (step) tell(step);
  tellAssumed(prints);
  for (const { name, minutiae, problem, doubt } of prints) {
    if (doubt) tell(`${name}: ${doubt}`);
    else if (!problem && minutiae === 0) tell(`${name}: no minutiae found; it matches nothing`);
  }
  return broken.length > 0 ? EXIT.someFailed : EXIT.done;
}

import { realClock } from "../../services/clock.ts";
import { type Finding, failed, reasonOf, told } from "../../services/doctor/finding.ts";
import { checkSettings } from "../../services/doctor/settings.ts";
import { environment } from "../../services/environment.ts";
import { examine } from "./examine.ts";

// `npm run doctor`: looks at everything, changes nothing. Exit code 0 when nothing failed, 1 when
// something did, 2 when the settings themselves cannot be used.

const { config, findings } = checkSettings(environment());
let failures = 0;
for (const finding of findings) tell(finding);
if (config === null) {
  process.exitCode = 2;
} else {
  try {
    for await (const finding of examine(config, { clock: realClock, fetch })) tell(finding);
  } catch (error) {
    tell(
      failed(
        "doctor",
        `could not go on (${reasonOf(error)})`,
        "Mend what is named above first; if nothing is, report this as a fault.",
      ),
    );
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

function tell(finding: Finding): void {
  if (finding.verdict === "failed") failures += 1;
  process.stdout.write(`${told(finding)}\n`);
}

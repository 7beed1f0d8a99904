import { onUnmounted, ref, shallowRef } from "vue";
import { sayProblem } from "../desk.ts";
import { askReport, fetchReport, fetchReports, type ReportFile } from "./report-api.ts";

/** One question a second, about one's own unfinished report alone, and only while there is one. */
const LOOK_EVERY_MS = 1000;

/** The reports of whoever is signed in; those in the making are followed until they are ready. */
export function useReports() {
  const reports = shallowRef<readonly ReportFile[]>([]);
  const nextCursor = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  onUnmounted(() => timer !== null && clearTimeout(timer));

  async function load(more = false): Promise<void> {
    const page = await fetchReports(more ? nextCursor.value : null);
    reports.value = more ? [...reports.value, ...page.items] : page.items;
    nextCursor.value = page.nextCursor;
    follow();
  }

  async function ask(asked: object): Promise<void> {
    const report = await askReport(asked);
    reports.value = [report, ...reports.value];
    follow();
  }

  function follow(): void {
    if (timer !== null || !reports.value.some(isWaiting)) return;
    timer = setTimeout(async () => {
      timer = null;
      try {
        // The oldest is rendered first; the others wait and need no asking.
        const next = reports.value.findLast(isWaiting);
        if (next !== undefined) renew(await fetchReport(next.id));
      } catch (error) {
        sayProblem(error);
      }
      follow();
    }, LOOK_EVERY_MS);
  }

  function renew(report: ReportFile): void {
    reports.value = reports.value.map((one) => (one.id === report.id ? report : one));
  }

  return { reports, nextCursor, load, ask };
}

const isWaiting = ({ state }: ReportFile) => state === "waiting";

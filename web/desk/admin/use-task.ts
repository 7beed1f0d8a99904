import { ref } from "vue";
import { sayProblem } from "../desk.ts";

/** Something that is asked of the product: busy while it runs, and what goes wrong is said. */
export function useTask() {
  const busy = ref(false);
  async function run<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    try {
      return await work();
    } catch (error) {
      sayProblem(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, run };
}

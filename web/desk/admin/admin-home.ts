import { defineComponent, onMounted } from "vue";
import { useRouter } from "vue-router";
import { may } from "../may.ts";

/** Leads to the first page that the visitor has; who that is, is known by now. */
export default defineComponent({
  setup() {
    const router = useRouter();
    onMounted(() => router.replace(may("everyAdminPage") ? "/admin/registry" : "/admin/audit"));
    return () => null;
  },
});

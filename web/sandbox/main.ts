import { createApp } from "vue";
import SandboxApp from "./sandbox-app.vue";
import "../look/look.css";

createApp(SandboxApp).mount("#app");

import { createApp } from "vue";
import SandboxApp from "./sandbox-app.vue";
import "./look.css";

createApp(SandboxApp).mount("#app");

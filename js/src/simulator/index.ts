import { install, type OWidgetPage } from "./install.js";

// The current script is known during the evaluation only.
install(window as OWidgetPage, document.currentScript);

import type { Model } from "./model";

/** The corner of the notebook page where a stage with `placement="page"` lives. */
export class PagePanel {
  readonly slot = document.createElement("div");

  constructor(model: Model) {
    this.slot.className = "owidget-slot owidget-panel";
    this.slot.style.setProperty("--owidget-height", `${model.get("height")}px`);
    document.body.append(this.slot);
  }

  close(): void {
    this.slot.remove();
  }
}

import type { Model } from "./model";

/** The corner of the notebook page where a stage with `placement="page"` lives. */
export class PagePanel {
  readonly slot = document.createElement("div");

  constructor(private readonly model: Model) {
    this.slot.className = "owidget-slot owidget-panel";
    this.update();
    document.body.append(this.slot);
  }

  update(): void {
    this.slot.style.setProperty("--owidget-height", `${this.model.get("height")}px`);
  }

  close(): void {
    this.slot.remove();
  }
}

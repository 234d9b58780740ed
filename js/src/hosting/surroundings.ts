import { button, h, hasFocus, part } from "../dom";
import * as texts from "../texts/hosting";
import { type Height, LEAST, MOST } from "./height";

/** By what a key changes the height; px. */
const STEPS: { [key: string]: number } = {
  ArrowUp: -10,
  ArrowDown: 10,
  PageUp: -100,
  PageDown: 100,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
/** What a slot is told when its stage lets go of the focus: true for the way back. */
const LEAVE = "owidget-leave";

/**
 * What is around a stage's frame: before it a way over it, beside it a handle for its height,
 * behind it a place for the focus of whoever leaves it. Where there is no frame, there is nothing.
 */
export class Surroundings {
  readonly #skip = button(texts.SKIP, () => this.#end.focus());
  readonly #handle = part("div", "handle", { role: "separator", tabIndex: 0 });
  readonly #past = h("span", { tabIndex: -1 }, texts.AFTER);
  readonly #height: Height;
  #slot: HTMLElement | null = null;
  #hearing = new AbortController();

  constructor(height: Height) {
    this.#height = height;
    this.#skip.classList.add("owidget-skip");
    this.#past.className = "owidget-skip";
    Object.assign(this.#handle, {
      ariaLabel: texts.HEIGHT,
      ariaOrientation: "horizontal",
      ariaValueMin: `${LEAST}`,
      ariaValueMax: `${MOST}`,
      onkeydown: (event: KeyboardEvent) => this.#onKey(event),
      onpointerdown: (event: PointerEvent) => this.#onPointer(event),
    });
  }

  /** @param slot - of the stage that has a frame; null where there is none. */
  update(slot: HTMLElement | null): void {
    if (slot !== this.#slot) this.#put(slot);
    // Also without a frame: a choice gives way to whatever Python says meanwhile.
    const { now } = this.#height;
    if (!slot) return;
    slot.style.height = `${now}px`;
    this.#handle.ariaValueNow = `${now}`;
    this.#handle.ariaValueText = texts.HEIGHT_IS(now);
  }

  #put(slot: HTMLElement | null): void {
    this.#hearing.abort();
    this.#hearing = new AbortController();
    this.#letGo();
    this.#slot = slot;
    for (const element of [this.#skip, this.#handle, this.#past]) element.remove();
    if (!slot) return;
    // A panel stands on the page's lower edge, and grows upwards.
    if (this.#upwards) slot.before(this.#handle, this.#skip);
    else slot.before(this.#skip);
    slot.after(this.#end);
    const leave = (event: Event) => this.#leave((event as CustomEvent<boolean>).detail);
    slot.addEventListener(LEAVE, leave, { signal: this.#hearing.signal });
  }

  get #upwards(): boolean {
    return this.#slot?.closest(".owidget-dock") !== null;
  }

  get #end(): HTMLElement {
    return this.#upwards ? this.#past : this.#handle;
  }

  /** Nobody's focus is taken who is elsewhere: what a stage sends is not taken on trust. */
  #leave(back: boolean): void {
    if (this.#slot && hasFocus(this.#slot)) (back ? this.#skip : this.#end).focus();
  }

  #onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The handle goes where the key points; to either end it is the height that counts.
    const turned = this.#upwards && Number.isFinite(step);
    // From what is seen: a window may have less room than was chosen.
    const from = this.#slot?.offsetHeight || this.#height.now;
    this.#choose(from + (turned ? -step : step));
  }

  #onPointer(event: PointerEvent): void {
    const slot = this.#slot;
    const handle = this.#handle;
    if (!slot || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const [from, high] = [event.clientY, slot.offsetHeight];
    // The frame would swallow the pointer as soon as it is above it.
    slot.style.pointerEvents = "none";
    handle.onpointermove = ({ clientY }) =>
      this.#choose(high + (this.#upwards ? from - clientY : clientY - from));
    handle.onlostpointercapture = () => this.#letGo();
  }

  /** Also where the frame goes while it is dragged: a handle that is gone loses nothing. */
  #letGo(): void {
    if (this.#slot) this.#slot.style.pointerEvents = "";
    this.#handle.onpointermove = null;
  }

  #choose(px: number): void {
    this.#height.choose(px);
    this.update(this.#slot);
  }
}

/** Tells what is around a slot that its stage's document lets go of the focus. */
export function letLeave(slot: HTMLElement, back: boolean): void {
  slot.dispatchEvent(new CustomEvent(LEAVE, { detail: back }));
}

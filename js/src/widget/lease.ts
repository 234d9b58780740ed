import { OF_CONNECTION, type Run, randomId } from "../wire";
import { connectionOf, type Model } from "./model";

/** The kernel's leave to run a stage, and what that is to do. */
export interface Grant {
  lease: number;
  run: Run;
}

/** What the kernel has granted one front end, or offers it, and who that is to the kernel. */
export class Lease {
  readonly id: string;
  granted: Grant | null = null;
  /** What the kernel granted before anybody here asked, until a view is there for it. */
  offered: Grant | null = null;
  readonly #connection: string | null;

  constructor(model: Model) {
    this.#connection = connectionOf(model);
    const own = randomId();
    this.id = this.#connection === null ? own : `${this.#connection}${OF_CONNECTION}${own}`;
  }

  /** Whether the kernel means this page, which it may know before it has said anything. */
  isOurs(holder: string | null): boolean {
    return holder !== null && (holder === this.id || holder === this.#connection);
  }

  /** Takes a grant, if it is one for this page and not an old one; tells whether it is. */
  take({ frontend, ...grant }: Grant & { frontend: string }): boolean {
    const { lease: known } = this.granted ?? this.offered ?? { lease: 0 };
    if (!this.isOurs(frontend) || grant.lease <= known) return false;
    if (this.granted || frontend === this.id) this.granted = grant;
    else this.offered = grant;
    return true;
  }

  /** There is a view: what was offered is taken up. */
  takeUp(): void {
    if (!this.offered) return;
    this.granted = this.offered;
    this.offered = null;
  }

  /** Nothing is offered here any more. */
  decline(): void {
    this.offered = null;
  }
}

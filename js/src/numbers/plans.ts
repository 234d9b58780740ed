import type { MetadataJson } from "libphonenumber-js/core/es6";

/** Whose number it is, and what for. */
export interface Valid {
  region: string;
  types: string[];
}

/** A pattern, and the lengths where they are not those of the whole plan; 0: no such numbers. */
type Numbers = [pattern: string, lengths?: number[]] | 0;
/** A numbering plan as the metadata has it: a list in which 0 stands for nothing. */
type Plan = readonly unknown[];

/** Where a plan has what. */
const PATTERN = 2;
const LENGTHS = 3;
const LEADING_DIGITS = 10;
const TYPES = 11;

/** Where the types have which, in the order in which they are tried: the first that fits is it. */
const SPECIAL = [
  ["premium_rate", 3],
  ["toll_free", 2],
  ["shared_cost", 9],
  ["voip", 8],
  ["personal", 4],
  ["pager", 7],
  ["uan", 6],
  ["voicemail", 5],
] as const;
const FIXED_LINE = 0;
const MOBILE = 1;

/** What Python's side calls the region of numbers that belong to none. */
const NO_REGION = "001";

/**
 * Tells whose a number is and of which types, in the order of Python's library; the one of this
 * side tries types and regions in another, and so calls some numbers something else.
 */
export class Plans {
  #metadata: MetadataJson;
  #patterns = new Map<string, RegExp>();

  constructor(metadata: MetadataJson) {
    this.#metadata = metadata;
  }

  /** What is known of a number; null for one that is not valid. */
  find(code: string, national: string): Valid | null {
    const regions: string[] = this.#metadata.country_calling_codes[code] ?? [NO_REGION];
    const region =
      regions.length === 1
        ? regions[0]
        : regions.find((each) => this.#belongs(national, this.#plan(each, code)));
    if (region === undefined) return null;
    const types = this.#types(national, this.#plan(region, code));
    return types.length > 0 ? { region, types } : null;
  }

  #plan(region: string, code: string): Plan {
    const { countries, nonGeographic } = this.#metadata;
    const plans: Record<string, Plan | undefined> =
      region === NO_REGION ? nonGeographic : countries;
    const plan = plans[region === NO_REGION ? code : region];
    if (!plan) throw new Error(`the metadata lacks ${region} (+${code})`);
    return plan;
  }

  #belongs(national: string, plan: Plan): boolean {
    const leading = plan[LEADING_DIGITS];
    return typeof leading === "string"
      ? this.#pattern(`^(?:${leading})`).test(national)
      : this.#types(national, plan).length > 0;
  }

  #types(national: string, plan: Plan): string[] {
    const lengths = plan[LENGTHS] as number[];
    const fits = (numbers: Numbers | undefined) =>
      !!numbers &&
      numbers[0] !== "" &&
      (numbers[1] ?? lengths).includes(national.length) &&
      this.#pattern(`^(?:${numbers[0]})$`).test(national);

    if (!fits([plan[PATTERN] as string])) return [];
    const types = (plan[TYPES] || []) as Numbers[];
    for (const [name, place] of SPECIAL) if (fits(types[place])) return [name];
    const mobile = types[MOBILE];
    // An empty pattern says that mobile and fixed-line numbers are the same.
    const same = !!mobile && mobile[0] === "";
    if (!fits(types[FIXED_LINE])) return fits(mobile) ? ["mobile"] : [];
    return same || fits(mobile) ? ["mobile", "fixed_line"] : ["fixed_line"];
  }

  #pattern(source: string): RegExp {
    let pattern = this.#patterns.get(source);
    if (!pattern) {
      pattern = new RegExp(source);
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}

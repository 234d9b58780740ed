import { type MetadataJson, PhoneNumber } from "libphonenumber-js/core/es6";
import type { NumberRules } from "../wire";
import { bare, grouped } from "./gate";
import { Plans, type Valid } from "./plans";
import { reader } from "./reading";

/**
 * A number policy as a function, which answers as `NumberPolicy.normalize` does in Python.
 *
 * @param metadata what Python's side exported for the regions of the rules, as JSON
 * @returns what turns a number, as somebody wrote it, into one in international format by E.123,
 *   "+420 777 666 555", or into null where the rules do not accept it
 * @throws Error where the metadata lacks the default region
 */
export function compile(metadata: string, rules: NumberRules): (number: string) => string | null {
  const known: MetadataJson = JSON.parse(metadata);
  const plans = new Plans(known);
  const read = reader(known, rules.region);
  return (text) => {
    const digits = bare(text);
    const number = digits === null ? null : read(digits);
    if (!number) return null;
    const valid = plans.find(number.countryCallingCode, number.nationalNumber);
    if (!valid || !allows(rules, valid)) return null;
    // Made anew, a number has no region: its calling code's main region has all formats.
    return grouped(new PhoneNumber(number.number, known).formatInternational());
  };
}

function allows({ regions, types }: NumberRules, valid: Valid): boolean {
  return (
    (regions === null || regions.includes(valid.region)) &&
    (types === null || valid.types.some((type) => types.includes(type)))
  );
}

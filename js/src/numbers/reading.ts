import {
  type CountryCode,
  type MetadataJson,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from "libphonenumber-js/core/es6";

/** What a text of bare digits stands for; null where no number can be read from it. */
export type Read = (bare: string) => PhoneNumber | null;

/** How the library came by the calling code; undefined: it is not among the digits. */
interface Sourced extends PhoneNumber {
  __countryCallingCodeSource?: string;
}

/**
 * Reads digits as the library of Python's side does: by the numbering plan of the default region
 * where they are written as one dials there, and else by that of the calling code's main region.
 * The library of this side goes by the region that the number turns out to belong to, if it knows
 * several that share the calling code. So it is shown one only.
 */
export function reader(metadata: MetadataJson, region: string | null): Read {
  const abroad = withMainRegions(metadata);
  if (region === null) return (bare) => parsed(bare, {}, abroad);

  const options = { defaultCountry: region as CountryCode };
  const home = withRegion(abroad, region as CountryCode);
  return (bare) => {
    if (bare.startsWith("+")) return parsed(bare, {}, abroad);
    const number: Sourced | null = parsed(bare, options, home);
    switch (number?.__countryCallingCodeSource) {
      case undefined:
        return number;
      case "FROM_NUMBER_WITHOUT_PLUS_SIGN":
        return parsed(`+${bare}`, {}, abroad);
      default:
        return parsed(bare, options, abroad);
    }
  };
}

function parsed(bare: string, options: { defaultCountry?: CountryCode }, metadata: MetadataJson) {
  return parse(bare, { ...options, extract: false }, metadata) ?? null;
}

function withMainRegions(metadata: MetadataJson): MetadataJson {
  const codes = Object.entries(metadata.country_calling_codes);
  return {
    ...metadata,
    country_calling_codes: Object.fromEntries(codes.map(([code, [main]]) => [code, [main]])),
  } as MetadataJson;
}

function withRegion(metadata: MetadataJson, region: CountryCode): MetadataJson {
  const code = metadata.countries[region]?.[0];
  if (typeof code !== "string") throw new Error(`the metadata lacks ${region}`);
  const codes = { ...metadata.country_calling_codes, [code]: [region] };
  return { ...metadata, country_calling_codes: codes } as MetadataJson;
}

// The bundler hands a style sheet over as the text of the file.
declare module "*.css" {
  const text: string;
  export default text;
}

/** A script that another one carries, bundled, as text. */
declare module "*?script" {
  const text: string;
  export default text;
}

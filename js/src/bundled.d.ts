/** A style sheet, minified, as text: this and the next are the bundler's work. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** A script that another one carries, bundled, as text. */
declare module "*?script" {
  const text: string;
  export default text;
}

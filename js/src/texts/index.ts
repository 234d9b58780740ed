/**
 * Every sentence and word that the front end shows to people: one file for each bundle, so that
 * none is carried twice. No bundle imports this index; tests do.
 *
 * To translate: put another language's texts in the place of these files' ones, name by name, and
 * build. What is a function gets the values to be said, so that word order and plural are each
 * language's own. Shapes stay as they are, and so do names of Python and of its settings. What
 * Python says (`SILENT` in `applying.py`, why a stage server cannot be had) and the language of the
 * vendor's own document are apart from this.
 */
export * as card from "./card";
export * as hosting from "./hosting";
export * as stage from "./stage";
export * as widget from "./widget";

// Bundles the front end into the Python package. `--watch` rebuilds on every change.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { budgetsBelow, weigh } from "./budgets.mjs";
import { oncePerPage } from "./once.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "owidget_jupyter", "static");

/** What may weigh how much at most, minified: the part of the budgets that is about bundles. */
const BUDGETS = budgetsBelow(
  "owidget_jupyter/static/",
  JSON.parse(await readFile(join(HERE, "..", "budgets.json"), "utf8")).files,
);

/** A module that a page makes of its text, at once: `evaluated` in src/widget/page.ts. */
const PART = { format: "iife", globalName: "part" };

const BUNDLES = [
  {
    entry: "src/widget/index.ts",
    file: "widget.js",
    options: { format: "esm" },
    wrap: oncePerPage,
  },
  { entry: "src/hosting/index.ts", file: "hosting.js", options: PART },
  { entry: "src/stage/index.ts", file: "stage.js", options: { format: "iife" } },
  { entry: "src/simulator/index.ts", file: "simulator.js", options: { format: "iife" } },
  { entry: "src/numbers/script.ts", file: "numbers.js", options: { format: "iife" } },
  { entry: "src/diagnosis/index.ts", file: "diagnosis.js", options: PART },
  { entry: "src/card/index.ts", file: "card.js", options: PART },
  { entry: "src/explorer/index.ts", file: "explorer.js", options: { format: "esm" } },
];

const watch = process.argv.includes("--watch");

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  write: false,
  target: "es2022",
  // Of a text with any other character in it browsers keep, and read, two bytes for each.
  charset: "ascii",
  minify: !watch,
};

const inputsOf = ({ inputs }) => Object.keys(inputs).map((file) => join(HERE, file));

/** A style sheet that a script imports arrives as text, minified, with those that it imports. */
const cssText = {
  name: "css-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { metafile, outputFiles } = await esbuild.build({
        absWorkingDir: HERE,
        entryPoints: [path],
        bundle: true,
        minify: !watch,
        write: false,
        metafile: true,
        logLevel: "silent",
      });
      // Values of custom properties are left as they stand; none of ours has a string in it.
      const contents = outputFiles[0].text.trim().replaceAll(/([,:]) /g, "$1");
      return { contents, loader: "text", watchFiles: inputsOf(metafile) };
    });
  },
};

/** A script that another one carries, for a frame that it makes, arrives as text: bundled, minified. */
const scriptText = {
  name: "script-text",
  setup(build) {
    build.onResolve({ filter: /\?script$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?script$/, "")),
      namespace: "script",
    }));
    build.onLoad({ filter: /./, namespace: "script" }, async ({ path }) => {
      const { metafile, outputFiles } = await esbuild.build({
        ...COMMON,
        entryPoints: [path],
        format: "iife",
        metafile: true,
        logLevel: "silent",
      });
      const text = outputFiles[0].text.trim();
      // It stands in a document's markup.
      if (/<\/script/i.test(text)) throw new Error(`${path} has an end tag of a script in it`);
      return { contents: text, loader: "text", watchFiles: inputsOf(metafile) };
    });
  },
};

/** Puts finished files in their place, each in one step, so that no reader sees half a file. */
async function place(outputs) {
  await mkdir(OUT, { recursive: true });
  await Promise.all(
    outputs.map(({ file, contents }) => writeFile(join(OUT, `${file}.tmp`), contents)),
  );
  for (const { file } of outputs) await rename(join(OUT, `${file}.tmp`), join(OUT, file));
}

function settings({ entry, file, options }) {
  return {
    ...COMMON,
    ...options,
    entryPoints: [entry],
    outfile: join(OUT, file),
    sourcemap: watch ? "inline" : false,
    loader: { ".html": "text" },
    plugins: file.endsWith(".js") ? [cssText, scriptText] : [],
    logLevel: watch ? "warning" : "error",
  };
}

function placeable({ file, wrap }, { outputFiles: [output] }) {
  return { file, contents: wrap ? Buffer.from(wrap(output.text)) : output.contents };
}

async function buildOnce() {
  const outputs = await Promise.all(
    BUNDLES.map(async (bundle) => placeable(bundle, await esbuild.build(settings(bundle)))),
  );
  const { lines, problems } = weigh(
    new Map(outputs.map(({ file, contents }) => [file, contents.byteLength])),
    BUDGETS,
  );
  console.log(lines.join("\n"));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  await place(outputs);
}

async function buildAlways() {
  for (const bundle of BUNDLES) {
    const placing = {
      name: "place",
      setup(build) {
        build.onEnd(async (result) => {
          if (result.errors.length > 0) return;
          await place([placeable(bundle, result)]);
          console.log(`built ${bundle.file}`);
        });
      },
    };
    const { plugins, ...rest } = settings(bundle);
    const context = await esbuild.context({ ...rest, plugins: [...plugins, placing] });
    await context.watch();
  }
}

/** A failed build leaves no bundle behind: none is better than one that is not what the sources say. */
async function clear() {
  const names = BUNDLES.flatMap(({ file }) => [file, `${file}.tmp`]);
  await Promise.all(names.map((name) => rm(join(OUT, name), { force: true })));
}

try {
  await (watch ? buildAlways() : buildOnce());
} catch (error) {
  // esbuild has printed its own errors by now.
  if (!error.errors) console.error(error.message);
  console.error(
    `${basename(HERE)}/build.mjs failed; ${relative(process.cwd(), OUT)} holds no bundle.`,
  );
  await clear();
  process.exitCode = 1;
}
